"use client";
import { useSecurity } from "@/components/data/use-security";
import { useReportPageData } from "@/components/shell/page-data";
import { PageHeader } from "@/components/shell/page-header";
import { useScope, useWindow } from "@/components/shell/scope";
import { useUrlState } from "@/components/shell/url-state";
import { ErrorState } from "@/components/ui/error-state";
import { PartialBanner } from "@/components/ui/partial-banner";
import { Segmented } from "@/components/ui/segmented";
import { TableSkeleton } from "@/components/ui/skeleton";
import { StaleBanner } from "@/components/ui/stale-banner";
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
  const { data, error, refetch } = useSecurity(useWindow());
  useReportPageData(data?.at ?? null, null);
  if (error && !data) {
    const retry = () => void refetch();
    return <ErrorState title="Security could not be read" message={error.message} hint={error.hint} onRetry={retry} />;
  }
  if (!data) return <TableSkeleton label="Loading what is encrypted" rows={12} />;
  return (
    <>
      {error && <StaleBanner at={data.at} message={error.message} hint={error.hint} onRetry={() => void refetch()} />}
      <PartialBanner parts={data.partial} />
      <SecurityContent security={data} />
    </>
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
