import { useUrlSort } from "@/components/shell/url-sort";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusMark } from "@/components/ui/status-mark";
import { type Column, Table } from "@/components/ui/table";
import type { SecurityWorkload } from "@/lib/contract/security";

interface WorkloadRow {
  readonly workload: SecurityWorkload;
  /** A workload's pods may run as several ServiceAccounts while they are rolled over: one row each. */
  readonly identity: SecurityWorkload["identities"][number] | null;
}

const COLUMNS: readonly Column<WorkloadRow>[] = [
  {
    id: "workload",
    header: "Workload",
    cell: ({ workload }) => `${workload.namespace}/${workload.name}`,
    sortBy: ({ workload }) => workload.id,
  },
  { id: "sidecars", header: "Sidecars", cell: ({ workload }) => <Sidecars workload={workload} />, sortBy: missing },
  {
    id: "identity",
    header: "Identity",
    cell: ({ identity }) => <code className="font-mono text-xs">{identity?.spiffeId ?? "–"}</code>,
    sortBy: ({ identity }) => identity?.key ?? null,
  },
  {
    id: "expiry",
    header: "Certificate ends",
    cell: ({ identity }) => (identity?.certificate ? <RelativeTime at={identity.certificate.notAfter} /> : "–"),
    sortBy: ({ identity }) => (identity?.certificate ? Date.parse(identity.certificate.notAfter) : null),
  },
  {
    id: "serial",
    header: "Serial",
    cell: ({ identity }) => <code className="font-mono text-xs">{identity?.certificate?.serial ?? "–"}</code>,
  },
  { id: "issuer", header: "Issuer", cell: ({ identity }) => identity?.certificate?.issuer ?? "–" },
];

/** Every workload: its sidecars, the identity they show and the certificate behind it. */
export function WorkloadTable({ workloads }: { workloads: readonly SecurityWorkload[] }) {
  const sorting = useUrlSort({ column: "sidecars", descending: true });
  const rows = workloads.flatMap((workload): WorkloadRow[] =>
    workload.identities.length > 0
      ? workload.identities.map((identity) => ({ workload, identity }))
      : [{ workload, identity: null }],
  );
  return (
    <Table
      label="Workloads and their certificates"
      columns={COLUMNS}
      rows={rows}
      rowKey={({ workload, identity }) => `${workload.id} ${identity?.key ?? ""}`}
      {...sorting}
      empty={<p className="px-3 py-4 text-ink-3 text-sm">No workload in scope.</p>}
    />
  );
}

function missing({ workload }: WorkloadRow): number {
  return workload.pods.total - Math.min(workload.pods.withSidecar, workload.pods.connected);
}

function Sidecars({ workload }: { workload: SecurityWorkload }) {
  const { total, withSidecar, connected } = workload.pods;
  if (withSidecar < total) {
    return (
      <span className="inline-flex items-center gap-1.5">
        <StatusMark status="plaintext" /> {total - withSidecar} of {total} pods without
      </span>
    );
  }
  if (connected < withSidecar) {
    return (
      <span className="inline-flex items-center gap-1.5">
        <StatusMark status="degraded" /> {connected} of {withSidecar} connected
      </span>
    );
  }
  return (
    <span className="inline-flex items-center gap-1.5">
      <StatusMark status={total > 0 ? "encrypted" : "idle"} /> {connected} connected
    </span>
  );
}
