"use client";
import { useCoverage } from "@/components/data/use-coverage";
import { useUrlState } from "@/components/shell/url-state";
import { useUnsaid } from "@/components/shell/use-unsaid";
import { Banner } from "@/components/ui/banner";
import { ErrorState } from "@/components/ui/error-state";
import { PartialBanner } from "@/components/ui/partial-banner";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { TableSkeleton } from "@/components/ui/skeleton";
import { StaleBanner } from "@/components/ui/stale-banner";
import type { CoverageBody } from "@/lib/contract/coverage";
import { formatDuration } from "@/lib/time/duration";
import { CoverageTable, FINDING_KINDS } from "./coverage-table";
import { inScope, type RowFilter } from "./in-scope";

/** What policy leaves open, shut, unused or wider than needed. */
export function CoverageView({ filter }: { filter: RowFilter }) {
  const { data, error, refetch } = useCoverage();
  const retry = () => void refetch();
  const parts = useUnsaid(data?.partial ?? []);
  if (error && !data) {
    return <ErrorState title="Coverage could not be read" message={error.message} hint={error.hint} onRetry={retry} />;
  }
  if (!data) return <TableSkeleton label="Loading what policy covers" rows={8} />;
  return (
    <>
      {error && <StaleBanner at={data.at} message={error.message} hint={error.hint} onRetry={retry} />}
      <PartialBanner parts={parts} />
      <CoverageContent coverage={data} filter={filter} />
    </>
  );
}

function CoverageContent({ coverage, filter }: { coverage: CoverageBody; filter: RowFilter }) {
  const { get, setUrl } = useUrlState();
  const scoped = coverage.findings.filter((one) => inScope(filter, [one.subject.split(" ").at(-1) ?? ""]));
  const wanted = FINDING_KINDS.find(({ value }) => value === get("kind"))?.value ?? "";
  const shown = scoped.filter(({ kind }) => wanted === "" || kind === wanted);
  const options = FINDING_KINDS.map(({ value, label }) => ({
    value,
    label: `${label} (${value === "" ? scoped.length : scoped.filter(({ kind }) => kind === value).length})`,
  }));
  return (
    <section aria-label="Coverage" className="flex flex-col gap-3">
      <CoverageSummary coverage={coverage} />
      {coverage.policyMode === "permissive" && (
        <Banner status="degraded">
          The mesh is permissive: every meshed workload may call every other, and what policy would be used for is not
          counted.
        </Banner>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Select
          small
          aria-label="Kind of finding"
          value={wanted}
          options={options}
          onChange={(kind) => setUrl({ kind: kind === "" ? null : kind })}
        />
        <p className="min-w-72 flex-1 text-ink-2 text-sm">
          <Observed coverage={coverage} />
        </p>
      </div>
      <div className="overflow-hidden rounded-lg border border-line">
        <CoverageTable findings={shown} at={coverage.at} />
      </div>
    </section>
  );
}

function CoverageSummary({ coverage: { services, rules } }: { coverage: CoverageBody }) {
  const all = services.granted + services.nobody + services.everybody;
  const figures = [
    { term: "Services policy lets somebody call", value: `${services.granted} of ${all}` },
    ...(services.everybody > 0 ? [{ term: "Services open to everybody", value: services.everybody }] : []),
    { term: "Services nobody may call", value: services.nobody },
    { term: "Rules used", value: `${rules.used} of ${rules.used + rules.unused + rules.unknown}` },
    ...(rules.unknown > 0 ? [{ term: "Rules nobody counted", value: rules.unknown }] : []),
  ];
  return (
    <dl className="flex flex-wrap gap-x-10 gap-y-3 rounded-lg border border-line bg-surface px-4 py-3">
      {figures.map(({ term, value }) => (
        <div key={term}>
          <dt className="text-ink-3 text-xs">{term}</dt>
          <dd className="text-lg tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What the findings rest on, said so that nobody takes a sample for the whole. */
function Observed({ coverage: { at, since, sampling } }: { coverage: CoverageBody }) {
  return (
    <>
      Observed over the last {formatDuration((at - since) / 1000)}, read <RelativeTime at={at} />: who called and which
      rule let it in are counted, call by call; methods and paths are{" "}
      {sampling === null
        ? "not known, because the controller is away."
        : `read from every refused or failed call and ${sampling.share * 100} % of the rest.`}
      {sampling !== null && sampling.dropped > 0 && ` ${sampling.dropped} calls were of too many kinds to keep.`}
    </>
  );
}
