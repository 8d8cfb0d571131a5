"use client";
import { useSecurity } from "@/components/data/use-security";
import { useReportPageData } from "@/components/shell/page-data";
import { PageHeader } from "@/components/shell/page-header";
import { PageStates } from "@/components/shell/page-states";
import { useInstant, useScope, useWindow } from "@/components/shell/scope";
import { useUrlState } from "@/components/shell/url-state";
import { Banner } from "@/components/ui/banner";
import { Segmented } from "@/components/ui/segmented";
import { TableSkeleton } from "@/components/ui/skeleton";
import { TextInput } from "@/components/ui/text-input";
import type { Security } from "@/lib/contract/security";
import { CertificatesView } from "./certificates-view";
import { CoverageView } from "./coverage-view";
import { DeniedInspector } from "./denied-inspector";
import { DeniedView } from "./denied-view";
import { EncryptionView } from "./encryption-view";
import { inScope, type RowFilter } from "./in-scope";
import { SecuritySummary } from "./security-summary";
import { WithoutSidecarTable } from "./without-sidecar";
import { WorkloadTable } from "./workload-table";

const VIEWS = [
  { value: "encryption", label: "Encryption" },
  { value: "workloads", label: "Workloads" },
  { value: "certificates", label: "Certificates" },
  { value: "denied", label: "Denied" },
  { value: "coverage", label: "Coverage" },
] as const;
type View = (typeof VIEWS)[number]["value"];

/** What is encrypted, who shows which certificate, what was refused, and what policy covers. */
export function SecurityPage() {
  const result = useSecurity(useWindow(), useInstant());
  useReportPageData(result.data?.at ?? null, result.data?.queries ?? null);
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
  const past = useInstant() !== null;
  const view = VIEWS.find((one) => one.value === get("view"))?.value ?? "encryption";
  const filter: RowFilter = { scope: useScope(), find: get("find") ?? "" };
  const opened = view === "denied" && security.denied?.kinds.find(({ id }) => id === get("denied"));
  return (
    <>
      <PageHeader title="Security">
        <TextInput
          aria-label="Filter by name"
          placeholder="Filter by name"
          className="w-44!"
          value={filter.find}
          onChange={(text) => setUrl({ find: text === "" ? null : text })}
        />
        <div className="scroll-thin max-w-full overflow-x-auto">
          <Segmented<View>
            label="What to show"
            options={VIEWS}
            value={view}
            onChange={(next) =>
              setUrl({
                view: next === "encryption" ? null : next,
                sort: null,
                flow: null,
                kind: null,
                of: null,
                denied: null,
              })
            }
          />
        </div>
      </PageHeader>
      {past && view !== "encryption" && (
        <Banner status="idle">
          {view === "denied" || view === "coverage" ? "The last hour is shown, up to now" : "This is as it stands now"}:
          of the past instant only encryption is kept.
        </Banner>
      )}
      <div className="flex min-h-0 flex-1">
        <div className="scroll-thin flex min-h-0 min-w-0 flex-1 flex-col gap-4 overflow-auto p-4 max-sm:p-2">
          {view === "coverage" ? <CoverageView filter={filter} /> : <SecuritySummary security={security} />}
          {view === "encryption" && <EncryptionView security={security} filter={filter} />}
          {view === "workloads" && <WorkloadsView security={security} filter={filter} />}
          {view === "certificates" && <CertificatesView certificates={security.certificates} filter={filter} />}
          {view === "denied" && <DeniedView denied={security.denied} filter={filter} />}
        </div>
        {opened && (
          <DeniedInspector
            key={opened.id}
            kind={opened}
            calls={security.deniedCalls}
            onClose={() => setUrl({ denied: null })}
          />
        )}
      </div>
    </>
  );
}

function WorkloadsView({ security, filter }: { security: Security; filter: RowFilter }) {
  const without = security.withoutSidecar.filter(({ id }) => inScope(filter, [id]));
  return (
    <>
      {without.length > 0 && (
        <section aria-labelledby="without" className="flex flex-col gap-2">
          <h2 id="without" className="font-medium text-base">
            Without a sidecar
          </h2>
          <div className="overflow-hidden rounded-lg border border-line">
            <WithoutSidecarTable workloads={without} />
          </div>
        </section>
      )}
      <section aria-labelledby="with" className="flex flex-col gap-2">
        <h2 id="with" className="font-medium text-base">
          In the mesh
        </h2>
        <div className="overflow-hidden rounded-lg border border-line">
          <WorkloadTable workloads={security.workloads.filter(({ id }) => inScope(filter, [id]))} />
        </div>
      </section>
    </>
  );
}
