"use client";
import { useReportPageData } from "@/components/shell/page-data";
import { PageHeader } from "@/components/shell/page-header";
import { PageStates } from "@/components/shell/page-states";
import { useTopologyInTime } from "@/components/time/topology-in-time";
import { EmptyState } from "@/components/ui/empty-state";
import { GraphSkeleton } from "./graph-skeleton";
import { GraphWorkspace } from "./graph-workspace";

/** The graph of the mesh, as a picture or as a table. Everything one sees is in the URL. */
export function GraphPage() {
  const result = useTopologyInTime();
  useReportPageData(result.data?.at ?? null, result.data?.queries ?? null);
  return (
    <PageStates title="Graph" unreadable="The graph could not be read" result={result} skeleton={<GraphSkeleton />}>
      {(topology) => (topology.nodes.length === 0 ? <EmptyMesh /> : <GraphWorkspace topology={topology} />)}
    </PageStates>
  );
}

function EmptyMesh() {
  return (
    <>
      <PageHeader title="Graph" />
      <EmptyState
        title="No service is in the mesh yet"
        command="kubectl label namespace NAME openservicemesh.io/monitored-by=osm"
      >
        Services of meshed namespaces appear here, with the calls between them: how many, how many fail, how long they
        take and whether they are encrypted. Add a namespace to the mesh, then restart its workloads so that they get a
        sidecar.
      </EmptyState>
    </>
  );
}
