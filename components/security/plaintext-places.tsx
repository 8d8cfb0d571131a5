import { StatusMark } from "@/components/ui/status-mark";
import type { Plaintext } from "@/lib/contract/security";
import { shortNode } from "./short-node";

/** A bad day has thousands: the first of each kind are named, the tables below have the rest. */
const MOST_NAMED = 12;

/** Where calls can be read on their way: for each reason once what to do, and the places it holds for. Nothing when there is none. */
export function PlaintextPlaces({ places }: { places: readonly Plaintext[] }) {
  if (places.length === 0) return null;
  return (
    <section aria-label="Plaintext" className="rounded-lg border border-line bg-surface px-4 py-3">
      <h2 className="mb-2 font-medium text-base">Where calls can be read on their way</h2>
      <ul className="flex flex-col gap-2 text-sm">
        {byReason(places).map((alike) => (
          <Alike key={`${alike[0].kind} ${alike[0].reason}`} places={alike} />
        ))}
      </ul>
    </section>
  );
}

type OneOrMore = readonly [Plaintext, ...Plaintext[]];

function Alike({ places }: { places: OneOrMore }) {
  const [{ kind, reason, hint }] = places;
  const names = places.slice(0, MOST_NAMED).map(({ id }) => id.split(">").map(shortNode).join(" to "));
  const more = places.length - names.length;
  return (
    <li className="flex items-start gap-2">
      <span className="mt-0.5">
        <StatusMark status="plaintext" label={kind === "edge" ? "Plaintext" : "No sidecar"} />
      </span>
      <span className="wrap-anywhere min-w-0">
        {names.join(", ")}
        {more > 0 && ` and ${more} more`}: {reason} <span className="text-ink-2">{hint}</span>
      </span>
    </li>
  );
}

/** In the order they come. */
function byReason(places: readonly Plaintext[]): readonly OneOrMore[] {
  const groups = new Map<string, [Plaintext, ...Plaintext[]]>();
  for (const place of places) {
    const key = `${place.kind} ${place.reason} ${place.hint}`;
    const known = groups.get(key);
    if (known) known.push(place);
    else groups.set(key, [place]);
  }
  return [...groups.values()];
}
