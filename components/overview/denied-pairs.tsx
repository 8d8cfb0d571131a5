import Link from "next/link";
import { usePageLink } from "@/components/shell/page-link";
import { Figure } from "@/components/ui/figure";
import { StatusMark } from "@/components/ui/status-mark";
import type { Overview } from "@/lib/contract/overview";
import { rateQuantity } from "@/lib/format/number";
import { edgeName } from "./edge-name";
import { Panel } from "./panel";

const MOST_SHOWN = 4;

/** Who is refused most. */
export function DeniedPairs({ denied }: { denied: Overview["denied"] }) {
  const link = usePageLink();
  if (denied.length === 0) return null;
  return (
    <Panel title="Denied" more={{ href: link("/security", { view: "denied" }), label: "All denied calls" }}>
      <ul className="py-1">
        {denied.slice(0, MOST_SHOWN).map((pair) => (
          <li key={pair.id} className="flex min-h-7 items-center gap-1.5 px-3 text-sm">
            <StatusMark status="denied" label="denied" />
            <Link
              href={link("/graph", { edge: pair.id })}
              className="min-w-0 flex-1 truncate text-accent hover:underline"
            >
              {edgeName(pair)}
            </Link>
            <Figure quantity={rateQuantity(pair.perSecond)} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
