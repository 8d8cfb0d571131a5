import { CopyText } from "@/components/ui/copy-text";
import { StatusMark } from "@/components/ui/status-mark";
import { type Column, Table } from "@/components/ui/table";
import type { WithoutSidecar } from "@/lib/contract/security";

const REASONS: Readonly<Record<WithoutSidecar["reason"], string>> = {
  "not-meshed": "namespace not in the mesh",
  "not-asked-for": "namespace asks for none",
  "opted-out": "opted out",
  "host-network": "host network",
  "started-before": "started before",
};

const COLUMNS: readonly Column<WithoutSidecar>[] = [
  {
    id: "workload",
    header: "Workload",
    cell: ({ namespace, name }) => `${namespace}/${name}`,
    sortBy: ({ namespace, name }) => `${namespace}/${name}`,
  },
  { id: "kind", header: "Kind", cell: ({ kind }) => kind, sortBy: ({ kind }) => kind },
  { id: "pods", header: "Pods", align: "right", cell: ({ pods }) => pods, sortBy: ({ pods }) => pods },
  {
    id: "reason",
    header: "Why",
    cell: ({ reason }) => (
      <span className="inline-flex items-center gap-1.5">
        <StatusMark status={reason === "not-meshed" ? "idle" : "plaintext"} /> {REASONS[reason]}
      </span>
    ),
    sortBy: ({ reason }) => REASONS[reason],
  },
  {
    id: "remedy",
    header: "What to do",
    cell: ({ sentence, remedy, command }) => (
      <span className="block min-w-72 max-w-3xl whitespace-normal py-1.5 leading-snug">
        {sentence} <span className="text-ink-2">{remedy}</span>
        {command !== null && (
          <span className="mt-1 block">
            <CopyText text={command} label="Copy the command" />
          </span>
        )}
      </span>
    ),
  },
];

/** Workloads of which pods run without a sidecar, each with the reason and the command that mends it. */
export function WithoutSidecarTable({ workloads }: { workloads: readonly WithoutSidecar[] }) {
  return (
    <Table
      label="Workloads without a sidecar"
      columns={COLUMNS}
      rows={workloads}
      rowKey={({ id, reason }) => `${id} ${reason}`}
      empty={<p className="px-3 py-4 text-ink-3 text-sm">Every pod in scope has a sidecar.</p>}
    />
  );
}
