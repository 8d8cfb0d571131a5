"use client";
import { useUrlSort } from "@/components/shell/url-sort";
import { useUrlState } from "@/components/shell/url-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusMark } from "@/components/ui/status-mark";
import { type Column, Table } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import type { DeniedKind, Security } from "@/lib/contract/security";
import { inScope, type RowFilter } from "./in-scope";

const COLUMNS: readonly Column<DeniedKind>[] = [
  {
    id: "source",
    header: "Caller",
    cell: ({ sourceIdentity }) => sourceIdentity ?? "no certificate",
    sortBy: ({ sourceIdentity }) => sourceIdentity,
  },
  {
    id: "destination",
    header: "Called",
    cell: (kind) => kind.destinationService ?? kind.destinationIdentity ?? "–",
    sortBy: (kind) => kind.destinationService ?? kind.destinationIdentity,
  },
  {
    id: "call",
    header: "Call",
    cell: (kind) => <code className="font-mono text-xs">{callText(kind)}</code>,
    sortBy: callText,
  },
  { id: "count", header: "Times", align: "right", cell: ({ count }) => count, sortBy: ({ count }) => count },
  { id: "last", header: "Last", cell: ({ lastAt }) => <RelativeTime at={lastAt} />, sortBy: ({ lastAt }) => lastAt },
  {
    id: "by",
    header: "Refused by",
    cell: ({ side }) => (side === "client" ? "the caller's sidecar" : "the called sidecar"),
    sortBy: ({ side }) => side,
  },
  {
    id: "why",
    header: "Why",
    cell: ({ why, allowedNow }) => (
      <span className="flex min-w-72 items-start gap-1.5 whitespace-normal py-1.5 leading-snug">
        {allowedNow ? <Tag>allowed now</Tag> : <StatusMark status="denied" />} {why}
      </span>
    ),
  },
];

/** `GET /books/{id}`, or a TCP connection. */
export function callText({ protocol, method, pathTemplate }: DeniedKind): string {
  return protocol === "http" ? `${method ?? ""} ${pathTemplate ?? ""}` : "TCP connection";
}

/** Refused calls of the last hour, those of one kind in one row; `?denied=` opens one. */
export function DeniedView({ denied, filter }: { denied: Security["denied"]; filter: RowFilter }) {
  const { get, setUrl } = useUrlState();
  const sorting = useUrlSort({ column: "last", descending: true });
  if (denied === null) {
    return <p className="text-ink-2 text-sm">Refused calls are told by the controller, which does not answer now.</p>;
  }
  const kinds = denied.kinds.filter((kind) =>
    inScope(filter, [kind.sourceIdentity, kind.destinationService, kind.destinationIdentity]),
  );
  const total = kinds.reduce((sum, { count }) => sum + count, 0);
  return (
    <section aria-label="Denied" className="flex flex-col gap-2">
      <p className="text-ink-2 text-sm">
        {total} {total === 1 ? "call" : "calls"} of {kinds.length} {kinds.length === 1 ? "kind" : "kinds"} refused since{" "}
        <RelativeTime at={denied.since} />
        {denied.dropped > 0 && `; ${denied.dropped} more were of too many kinds to keep`}.
      </p>
      <div className="overflow-hidden rounded-lg border border-line">
        <Table
          label="Denied calls"
          columns={COLUMNS}
          rows={kinds}
          rowKey={({ id }) => id}
          {...sorting}
          selectedKey={get("denied")}
          onOpen={({ id }) => setUrl({ denied: id }, "push")}
          empty={<p className="px-3 py-4 text-ink-3 text-sm">No call was denied in the last hour.</p>}
        />
      </div>
    </section>
  );
}
