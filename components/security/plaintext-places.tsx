import { StatusMark } from "@/components/ui/status-mark";
import type { Plaintext } from "@/lib/contract/security";
import { shortNode } from "./short-node";

/** A bad day has thousands: the first tell what to do, the tables below have the rest. */
const MOST = 20;

/** Every place where a call can be read on its way, and what to do about each. Nothing when there is none. */
export function PlaintextPlaces({ places }: { places: readonly Plaintext[] }) {
  if (places.length === 0) return null;
  return (
    <section aria-label="Plaintext" className="rounded-lg border border-line bg-surface px-4 py-3">
      <h2 className="mb-2 font-medium text-base">Where calls can be read on their way</h2>
      <ul className="flex flex-col gap-1 text-sm">
        {places.slice(0, MOST).map(({ kind, id, reason, hint }) => (
          <li key={`${kind} ${id} ${reason}`} className="flex items-start gap-2">
            <span className="mt-0.5">
              <StatusMark status="plaintext" label={kind === "edge" ? "Plaintext" : "No sidecar"} />
            </span>
            <span className="wrap-anywhere min-w-0">
              {id.split(">").map(shortNode).join(" to ")}: {reason} <span className="text-ink-2">{hint}</span>
            </span>
          </li>
        ))}
      </ul>
      {places.length > MOST && (
        <p className="mt-2 text-ink-2 text-sm">
          And {places.length - MOST} more: sort the edges by Encrypted, or look at Workloads.
        </p>
      )}
    </section>
  );
}
