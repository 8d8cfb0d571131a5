"use client";
import { useSecurity } from "@/components/data/use-security";
import { useReportPageData } from "@/components/shell/page-data";
import { PageHeader } from "@/components/shell/page-header";
import { PageStates } from "@/components/shell/page-states";
import { useInstant, useScope, useWindow } from "@/components/shell/scope";
import { useUrlState } from "@/components/shell/url-state";
import { Segmented } from "@/components/ui/segmented";
import { TableSkeleton } from "@/components/ui/skeleton";
import { TextInput } from "@/components/ui/text-input";
import type { Security } from "@/lib/contract/security";
import { DeniedCalls } from "./denied-calls";
import { EdgeTable } from "./edge-table";
import { SecuritySummary } from "./security-summary";
import { WorkloadTable } from "./workload-table";

const VIEWS = [
  { value: "edges", label: "Calls" },
  { value: "workloads", label: "Workloads" },
  { value: "denied", label: "Denied" },
] as const;
type View = (typeof VIEWS)[number]["value"];

/** What is encrypted, who shows which certificate, and what was refused. */
export function SecurityPage() {
  const result = useSecurity(useWindow(), useInstant());
  useReportPageData(result.data?.at ?? null, null);
  return (
    <PageStates
      title="Security"
      unreadable="Security could not be read"
      result={result}
      skeleton={<TableSkeleton label="Loading what is encrypted" rows={12} />}
    >
      {(security) => <SecurityContent security={security} />}
    </PageStates>
  );
}

function SecurityContent({ security }: { security: Security }) {
  const { get, setUrl } = useUrlState();
  const scope = useScope();
  const view = VIEWS.find((one) => one.value === get("view"))?.value ?? "edges";
  const filter = get("find") ?? "";
  const inScope = (...names: (string | null)[]) =>
    (scope === null || names.some((name) => name !== null && scope.has(name.split("/")[0] ?? ""))) &&
    names.some((name) => (name ?? "").toLowerCase().includes(filter.trim().toLowerCase()));
  return (
    <>
      <PageHeader title="Security">
        <TextInput
          aria-label="Filter by name"
          placeholder="Filter by name"
          className="w-44!"
          value={filter}
          onChange={(text) => setUrl({ find: text === "" ? null : text })}
        />
        <Segmented<View>
          label="What to list"
          options={VIEWS}
          value={view}
          onChange={(next) => setUrl({ view: next === "edges" ? null : next })}
        />
      </PageHeader>
      <div className="scroll-thin flex min-h-0 flex-1 flex-col gap-4 overflow-auto p-4 max-sm:p-2">
        <SecuritySummary security={security} />
        <div className="overflow-hidden rounded-lg border border-line">
          {view === "edges" && <EdgeTable edges={security.edges.filter((edge) => inScope(edge.source, edge.target))} />}
          {view === "workloads" && (
            <WorkloadTable workloads={security.workloads.filter((workload) => inScope(workload.id))} />
          )}
          {view === "denied" && (
            <DeniedCalls
              calls={security.deniedCalls.filter((call) => inScope(call.sourceIdentity, call.destinationService))}
            />
          )}
        </div>
      </div>
    </>
  );
}
