"use client";
import { useMemo } from "react";
import { useNamespaces } from "@/components/data/use-namespaces";
import { useTopology } from "@/components/data/use-topology";
import { PageHeader } from "@/components/shell/page-header";
import { PageStates } from "@/components/shell/page-states";
import { useInstant, useWindow } from "@/components/shell/scope";
import { useUrlSort } from "@/components/shell/url-sort";
import { useUrlState } from "@/components/shell/url-state";
import { Figure } from "@/components/ui/figure";
import { TableSkeleton } from "@/components/ui/skeleton";
import { StatusMark } from "@/components/ui/status-mark";
import { type Column, Table } from "@/components/ui/table";
import type { Namespaces, NamespaceView } from "@/lib/contract/namespaces";
import { percentQuantity } from "@/lib/format/number";
import { encryptedByNamespace } from "@/lib/topology/flows";
import { NamespaceInspector } from "./namespace-inspector";

const columnsOf = (encrypted: ReadonlyMap<string, number>): readonly Column<NamespaceView>[] => [
  { id: "name", header: "Namespace", cell: (row) => row.name, sortBy: (row) => row.name },
  { id: "mesh", header: "Mesh", cell: (row) => <MeshState row={row} />, sortBy: (row) => (row.meshed ? 0 : 1) },
  { id: "sidecars", header: "Sidecars", cell: (row) => <Sidecars row={row} />, sortBy: missing },
  {
    id: "encrypted",
    header: "Calls encrypted",
    align: "right",
    cell: (row) => <Encrypted share={encrypted.get(row.name) ?? null} />,
    sortBy: (row) => encrypted.get(row.name) ?? null,
  },
  { id: "pods", header: "Pods", align: "right", cell: (row) => row.pods.total, sortBy: (row) => row.pods.total },
  { id: "services", header: "Services", align: "right", cell: (row) => row.services, sortBy: (row) => row.services },
  {
    id: "accounts",
    header: "ServiceAccounts",
    align: "right",
    cell: (row) => row.serviceAccounts.length,
    sortBy: (row) => row.serviceAccounts.length,
  },
  {
    id: "kept",
    header: "Kept by",
    cell: ({ managedBy }) => (managedBy ? `${managedBy.tool}, ${managedBy.name}` : "–"),
    sortBy: ({ managedBy }) => managedBy?.tool ?? null,
  },
];

/** What is part of the mesh and what is not, and the way in and out. */
export function NamespacesPage() {
  return (
    <PageStates
      title="Namespaces"
      unreadable="Namespaces could not be read"
      result={useNamespaces()}
      skeleton={<TableSkeleton label="Loading the namespaces" />}
    >
      {(namespaces) => <NamespacesContent namespaces={namespaces} />}
    </PageStates>
  );
}

function NamespacesContent({ namespaces: data }: { namespaces: Namespaces }) {
  const { get, setUrl } = useUrlState();
  const edges = useTopology(useWindow(), useInstant()).data?.edges;
  const columns = useMemo(() => columnsOf(encryptedByNamespace(edges ?? [])), [edges]);
  const sorting = useUrlSort({ column: "mesh", descending: false });
  const meshed = data.items.filter((row) => row.meshed).length;
  const selected = data.items.find((row) => row.name === get("namespace")) ?? null;
  return (
    <>
      <PageHeader title="Namespaces" note={`${meshed} of ${data.items.length} in the mesh`} />
      <div className="flex min-h-0 flex-1">
        <div className="scroll-thin min-h-0 min-w-0 flex-1 overflow-auto p-4 max-sm:p-2">
          <div className="overflow-hidden rounded-lg border border-line">
            <Table
              label="Namespaces"
              columns={columns}
              rows={data.items}
              rowKey={(row) => row.name}
              {...sorting}
              selectedKey={selected?.name ?? null}
              onOpen={(row) => setUrl({ namespace: row.name }, "push")}
              empty={<p className="px-3 py-4 text-ink-3 text-sm">The Kubernetes API has told of no namespace yet.</p>}
            />
          </div>
        </div>
        {selected && (
          <NamespaceInspector key={selected.name} namespace={selected} onClose={() => setUrl({ namespace: null })} />
        )}
      </div>
    </>
  );
}

/** Pods that stand outside although their namespace is in the mesh. */
function missing({ meshed, pods }: NamespaceView): number {
  return meshed ? pods.total - pods.withSidecar : 0;
}

function MeshState({ row }: { row: NamespaceView }) {
  if (row.meshed) return <>in the mesh</>;
  if (row.control) return <span className="text-ink-3">holds the control plane</span>;
  return (
    <span className="text-ink-3">{row.meshName ? `in the mesh ${row.meshName} or ignored` : "not in a mesh"}</span>
  );
}

function Sidecars({ row }: { row: NamespaceView }) {
  if (!row.meshed && row.pods.withSidecar === 0) return <span className="text-ink-3">–</span>;
  return (
    <span className="inline-flex items-center gap-1.5">
      {missing(row) > 0 && <StatusMark status="plaintext" label="Pods without a sidecar" />}
      {row.pods.withSidecar} of {row.pods.total}
    </span>
  );
}

/** Of the calls from it and to it, in the window. */
function Encrypted({ share }: { share: number | null }) {
  if (share === null) return <span className="text-ink-3">–</span>;
  return (
    <span className="inline-flex items-center gap-1.5">
      <StatusMark status={share === 1 ? "encrypted" : "plaintext"} />
      <Figure quantity={percentQuantity(share)} />
    </span>
  );
}
