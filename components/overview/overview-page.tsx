"use client";
import { useOverview } from "@/components/data/use-overview";
import { useReportPageData } from "@/components/shell/page-data";
import { PageHeader } from "@/components/shell/page-header";
import { PageStates } from "@/components/shell/page-states";
import { useInstant, useScope, useWindow } from "@/components/shell/scope";
import { EmptyState } from "@/components/ui/empty-state";
import type { Overview } from "@/lib/contract/overview";
import { CallTiles } from "./call-tiles";
import { ControlPlanePanel } from "./control-plane-panel";
import { DeniedPairs } from "./denied-pairs";
import { OverviewSkeleton } from "./overview-skeleton";
import { RecentChanges } from "./recent-changes";
import { VerdictLine } from "./verdict-line";
import { WorstEdges } from "./worst-edges";
import { WorstServices } from "./worst-services";

/** Is anything wrong, and where: the mesh in one screen, each figure a way to where it comes from. */
export function OverviewPage() {
  const scope = useScope();
  const ns = scope === null ? null : [...scope].join(",");
  const result = useOverview(useWindow(), { at: useInstant(), ns });
  useReportPageData(result.data?.at ?? null, result.data?.queries ?? null);
  return (
    <PageStates
      title="Overview"
      unreadable="The overview could not be read"
      result={result}
      skeleton={<OverviewSkeleton />}
    >
      {(overview) => <OverviewContent overview={overview} />}
    </PageStates>
  );
}

function OverviewContent({ overview }: { overview: Overview }) {
  if (overview.verdict.status === "empty") return <NoService partial={overview.partial.length > 0} />;
  return (
    <>
      <PageHeader title="Overview">
        {overview.policyMode === "permissive" && (
          <span className="text-sm text-warn">Permissive: every call is let through</span>
        )}
      </PageHeader>
      <div className="scroll-thin flex min-h-0 flex-1 flex-col gap-3 overflow-auto p-4 max-sm:p-2">
        <VerdictLine overview={overview} />
        <CallTiles overview={overview} />
        <div className="grid min-w-0 gap-3 lg:grid-cols-[minmax(0,1fr)_24rem]">
          <div className="flex min-w-0 flex-col gap-3">
            <WorstServices overview={overview} />
            <WorstEdges edges={overview.edges} />
          </div>
          <div className="flex min-w-0 flex-col gap-3">
            <ControlPlanePanel overview={overview} />
            <DeniedPairs denied={overview.denied} />
            <RecentChanges changes={overview.changes} />
          </div>
        </div>
      </div>
    </>
  );
}

function NoService({ partial }: { partial: boolean }) {
  return (
    <>
      <PageHeader title="Overview" />
      <EmptyState
        title="No service is in the mesh yet"
        command="kubectl label namespace NAMESPACE openservicemesh.io/monitored-by=osm"
      >
        {partial
          ? "Or none could be read: the line above says what is missing."
          : "Here one sees at a glance whether anything is wrong, and where. Add a namespace to the mesh and restart its pods."}
      </EmptyState>
    </>
  );
}
