"use client";
import { useMemo } from "react";
import { Figure } from "@/components/ui/figure";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusMark } from "@/components/ui/status-mark";
import { type Column, Table } from "@/components/ui/table";
import type { AccessPolicy } from "@/lib/contract/access";
import type { SmiItem } from "@/lib/contract/smi";
import { rateQuantity } from "@/lib/format/number";
import type { KubeObject } from "@/lib/kube/objects";
import { readSmi } from "@/lib/smi/read";

interface PolicyRow {
  readonly object: KubeObject;
  readonly kind: string;
  readonly name: string;
  /** What it says, in a few words. */
  readonly grants: string;
  readonly requestsPerSecond: number | null;
  readonly lastUsedAt: number | null;
  readonly problems: number;
  /** Grants TCP connections only: Envoy does not count those by policy. */
  readonly uncounted: boolean;
}

interface PolicyListProps {
  policies: readonly AccessPolicy[];
  routes: readonly SmiItem[];
  /** `Kind/namespace/name`. */
  selected: string | null;
  onOpen: (object: KubeObject) => void;
}

const COLUMNS: readonly Column<PolicyRow>[] = [
  { id: "name", header: "Policy", cell: (row) => row.name, sortBy: (row) => row.name },
  { id: "kind", header: "Kind", cell: (row) => row.kind, sortBy: (row) => row.kind },
  {
    id: "grants",
    header: "What it says",
    // Room enough on a phone too; what is cut is told by the tooltip, and by the policy when it is opened.
    ...{ width: "min-w-48", fill: true },
    cell: (row) => (
      <span className="text-ink-2" data-tip={row.grants}>
        {row.grants}
      </span>
    ),
  },
  {
    id: "used",
    header: "Used",
    align: "right",
    cell: (row) => <Used row={row} />,
    sortBy: (row) => row.requestsPerSecond,
  },
  {
    id: "problems",
    header: "Problems",
    align: "right",
    cell: (row) =>
      row.problems > 0 && (
        <span className="inline-flex items-center gap-1">
          <StatusMark status="failing" label="Problems" />
          {row.problems}
        </span>
      ),
    sortBy: (row) => row.problems,
  },
];

/** Every TrafficTarget, HTTPRouteGroup and TCPRoute: what each says, whether it is used, what is wrong with it. */
export function PolicyList({ policies, routes, selected, onOpen }: PolicyListProps) {
  const rows = useMemo(() => [...policies.map(policyRow), ...routes.map(routeRow)], [policies, routes]);
  return (
    <Table
      label="Policies"
      columns={COLUMNS}
      rows={rows}
      rowKey={(row) => policyKey(row.object)}
      initialSort={{ column: "problems", descending: true }}
      selectedKey={selected}
      onOpen={(row) => onOpen(row.object)}
      empty={<p className="px-3 py-4 text-ink-3 text-sm">No policy yet. In SMI mode nobody may call anybody then.</p>}
    />
  );
}

/** `Kind/namespace/name`, as it stands in the URL. */
export function policyKey(object: KubeObject): string {
  return `${object.kind}/${object.metadata.namespace}/${object.metadata.name}`;
}

function Used({ row }: { row: PolicyRow }) {
  if (row.requestsPerSecond !== null && row.requestsPerSecond > 0) {
    return <Figure quantity={rateQuantity(row.requestsPerSecond)} />;
  }
  if (row.uncounted) {
    return (
      <span className="text-ink-3" title="Envoy counts TCP connections, but not by policy, so nobody can say.">
        –
      </span>
    );
  }
  if (row.lastUsedAt !== null) return <RelativeTime at={row.lastUsedAt} />;
  return <span className="text-ink-3">{row.requestsPerSecond === 0 ? "not used" : "–"}</span>;
}

function policyRow(policy: AccessPolicy): PolicyRow {
  const sources = policy.sources.length > 2 ? `${policy.sources.length} identities` : policy.sources.join(", ");
  return {
    object: policy.object,
    kind: "TrafficTarget",
    name: `${policy.namespace}/${policy.name}`,
    grants: `${sources || "nobody"} may call ${policy.destination ?? "nobody"} by ${policy.grants.length} ${policy.grants.length === 1 ? "route" : "routes"}`,
    requestsPerSecond: policy.requestsPerSecond,
    lastUsedAt: policy.lastUsedAt,
    problems: policy.problems.length,
    uncounted: policy.grants.length > 0 && policy.grants.every((grant) => grant.route === null),
  };
}

function routeRow(item: SmiItem): PolicyRow {
  return {
    object: item.object,
    kind: item.object.kind,
    name: `${item.object.metadata.namespace}/${item.object.metadata.name}`,
    grants: routeText(item.object),
    ...{ requestsPerSecond: null, lastUsedAt: null },
    problems: item.problems.length,
    uncounted: false,
  };
}

function routeText(object: KubeObject): string {
  const reading = readSmi(object);
  if (!reading.ok) return "cannot be read";
  if (reading.value.kind === "HTTPRouteGroup") return reading.value.matches.map((match) => match.name).join(", ");
  if (reading.value.kind !== "TCPRoute") return "";
  const { ports } = reading.value;
  return ports.length === 0 ? "every port" : `${ports.length === 1 ? "port" : "ports"} ${ports.join(", ")}`;
}
