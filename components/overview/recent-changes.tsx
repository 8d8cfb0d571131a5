import Link from "next/link";
import { usePageLink } from "@/components/shell/page-link";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Change } from "@/lib/contract/changes";
import type { Overview } from "@/lib/contract/overview";
import { Panel } from "./panel";

const MOST_SHOWN = 8;

/** What changed in the hour before, each with the way to the graph as it was then. */
export function RecentChanges({ changes: { recent, total, gap } }: { changes: Overview["changes"] }) {
  const link = usePageLink();
  const shown = recent.slice(0, MOST_SHOWN);
  return (
    <Panel
      title="What changed"
      more={{ href: link("/changes"), label: total === 0 ? "Earlier changes" : `All ${total}` }}
    >
      {shown.length === 0 && <p className="px-3 py-2 text-ink-2 text-sm">Nothing was changed in this hour.</p>}
      <ul>
        {shown.map((change) => (
          <ChangeItem
            key={`${change.at} ${change.kind} ${change.namespace} ${change.name} ${change.verb}`}
            change={change}
          />
        ))}
      </ul>
      {gap && <p className="border-line border-t px-3 py-2 text-ink-3 text-xs">{gap}</p>}
    </Panel>
  );
}

function ChangeItem({ change }: { change: Change }) {
  const link = usePageLink();
  const { at, kind, namespace, name, verb, by, summary } = change;
  return (
    <li className="border-line border-b px-3 py-1.5 text-sm last:border-b-0">
      <span className="flex items-baseline justify-between gap-2">
        <span className="min-w-0 truncate" title={namespace === "" ? name : `${namespace}/${name}`}>
          <span className="text-ink-3">{kind}</span> {name}
        </span>
        <Link
          href={link("/graph", { at: String(Math.round(at)) })}
          className="shrink-0 text-accent text-xs hover:underline"
        >
          <span className="sr-only">
            The graph when {kind} {name} was {verb}:{" "}
          </span>
          <RelativeTime at={at} />
        </Link>
      </span>
      <span className="wrap-anywhere block text-ink-2">
        {summary}
        {by !== null && <span className="text-ink-3"> by {by}</span>}
      </span>
    </li>
  );
}
