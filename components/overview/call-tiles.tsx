import Link from "next/link";
import type { ReactNode } from "react";
import { usePageLink } from "@/components/shell/page-link";
import { Figure } from "@/components/ui/figure";
import { Sparkline } from "@/components/ui/sparkline";
import { type Status, StatusMark } from "@/components/ui/status-mark";
import type { Overview } from "@/lib/contract/overview";
import { millisecondsQuantity, percentQuantity, type Quantity, rateQuantity } from "@/lib/format/number";
import { ratioHealth } from "@/lib/topology/health";

/** The figures of all calls, each with its last half hour and the way to the calls it is made of. */
export function CallTiles({ overview: { calls, trend, podsWithoutSidecar } }: { overview: Overview }) {
  const link = usePageLink();
  const failed = calls?.successRatio == null ? null : 1 - calls.successRatio;
  const denied = calls?.deniedPerSecond ?? null;
  const plain = (calls?.plaintextEdges ?? 0) > 0;
  return (
    <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-5">
      <Tile
        name="Calls"
        href={link("/graph", { metric: "rate" })}
        quantity={rateQuantity(calls?.requestsPerSecond ?? null)}
        past={trend?.requestsPerSecond}
        ink="var(--color-s1)"
      />
      <Tile
        name="Success"
        href={link("/graph", { find: failed ? "errors>0%" : null, metric: "errors" })}
        quantity={percentQuantity(calls?.successRatio ?? null)}
        status={ratioHealth(failed)}
        // Drawn is what failed: a line at 99 % and one at 100 % look the same.
        past={trend?.successRatio.map((ratio) => (ratio === null ? null : 1 - ratio))}
        pastName="failed share"
        ink={trend?.successRatio.some((ratio) => ratio !== null && ratio < 1) ? "var(--color-fail)" : "var(--color-ok)"}
      />
      <Tile
        name="p99"
        href={link("/graph", { metric: "p99" })}
        quantity={millisecondsQuantity(calls?.p99Ms ?? null)}
        past={trend?.p99Ms}
        ink="var(--color-s4)"
      />
      <Tile
        name="Denied"
        href={link("/security", { view: "denied" })}
        quantity={rateQuantity(denied)}
        status={denied ? "denied" : "healthy"}
        past={trend?.deniedPerSecond}
        ink="var(--color-denied)"
      />
      <Tile
        name="Encrypted"
        href={plain ? link("/graph", { find: "mtls:no" }) : link("/security")}
        quantity={percentQuantity(calls?.encryptedShare ?? null)}
        status={calls?.encryptedShare == null ? "healthy" : plain ? "plaintext" : "encrypted"}
      >
        {podsWithoutSidecar > 0 ? `${podsWithoutSidecar} pods without a sidecar` : "every pod has a sidecar"}
      </Tile>
    </ul>
  );
}

interface TileProps {
  name: string;
  href: string;
  quantity: Quantity;
  status?: Status;
  /** One value per step of the last half hour; undefined when it is not known. */
  past?: readonly (number | null)[] | undefined;
  /** When the line shows something else than the figure. */
  pastName?: string;
  ink?: string;
  children?: ReactNode;
}

function Tile({ name, href, quantity, status = "healthy", past, pastName, ink = "", children }: TileProps) {
  return (
    <li className="min-w-0">
      <Link
        href={href}
        className="flex h-24 flex-col rounded-lg border border-line bg-surface px-3 py-2 hover:border-line-strong"
      >
        <span className="text-ink-3 text-xs">{name}</span>
        <span className="flex items-center gap-2 text-lg">
          <StatusMark status={status} size={16} />
          <Figure quantity={quantity} />
        </span>
        <span className="mt-auto text-ink-3 text-xs">
          {past && (
            <Sparkline values={past} label={`${pastName ?? name}, the last 30 minutes`} ink={ink} stretch height={28} />
          )}
          {children}
        </span>
      </Link>
    </li>
  );
}
