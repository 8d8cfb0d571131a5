"use client";
import { SubjectCharts } from "@/components/charts/subject-charts";
import { Headline } from "@/components/graph/details/facts";
import { useUrlState } from "@/components/shell/url-state";
import { Figure } from "@/components/ui/figure";
import { Segmented } from "@/components/ui/segmented";
import { StatusMark } from "@/components/ui/status-mark";
import type { ChartSubject } from "@/lib/contract/charts";
import type { ServiceDetail } from "@/lib/contract/services";
import { millisecondsQuantity, percentQuantity, rateQuantity } from "@/lib/format/number";
import { callsOf, failedShare, refusedOf, worstP99 } from "@/lib/topology/callers";
import { shortName } from "../subject-path";
import { Nothing, Section } from "./section";

const RANGES = ["15m", "1h", "6h"].map((value) => ({ value, label: value }));
/** Charts of so many workloads; more are told on their own pages. */
const MOST_OUT = 3;

/** The golden signals by direction: what its callers see, and what its workloads see of whom they call. */
export function SignalsTab({ detail }: { detail: ServiceDetail }) {
  const { get, setUrl } = useUrlState();
  const asked = get("range");
  const range = RANGES.find(({ value }) => value === asked)?.value ?? "15m";
  const { node } = detail;
  const out = node.kind === "service" ? node.related : [node.id];
  return (
    <>
      <div className="shrink-0 overflow-hidden rounded-lg border border-line">
        <Headline facts={headline(detail)} />
        <Problems detail={detail} />
      </div>
      <div>
        <Segmented
          label="Range of the charts"
          options={RANGES}
          value={range}
          onChange={(value) => setUrl({ range: value === "15m" ? null : value })}
        />
      </div>
      <div className="grid gap-x-8 gap-y-5 lg:grid-cols-2">
        <div className="flex flex-col gap-5">
          {inbound(detail).map(({ note, subject }) => (
            <Section key={note} title="In" note={note}>
              <SubjectCharts subject={subject} range={range} />
            </Section>
          ))}
        </div>
        <div className="flex flex-col gap-5">
          {out.length === 0 && (
            <Section title="Out">
              <Nothing>No workload stands behind it, so nothing calls out.</Nothing>
            </Section>
          )}
          {out.slice(0, MOST_OUT).map((workload) => (
            <Section key={workload} title="Out" note={`what ${shortName(workload)} calls`}>
              <SubjectCharts subject={{ kind: "workload", workload, direction: "out" }} range={range} />
            </Section>
          ))}
          {out.length > MOST_OUT && <Nothing>{out.length - MOST_OUT} more workloads have pages of their own.</Nothing>}
        </div>
      </div>
    </>
  );
}

/** Calls to the root of a split are counted for the backend they were sent to; refusals for the root. */
function inbound({
  node,
  splits,
}: ServiceDetail): readonly { readonly note: string; readonly subject: ChartSubject }[] {
  if (node.kind !== "service") {
    return [{ note: "as its sidecar sees it", subject: { kind: "workload", workload: node.id, direction: "in" } }];
  }
  const service = `${node.namespace}/${node.name}`;
  const own = { note: "as its callers see it", subject: { kind: "service", service } } as const;
  const split = splits.find(({ root, inForce }) => root === service && inForce);
  const backends = (split?.backends ?? []).filter(({ service: name }) => name !== node.name).slice(0, MOST_OUT);
  return [
    ...backends.map(({ service: name }) => ({
      note: `by way of ${name}`,
      subject: { kind: "service", service: `${node.namespace}/${name}` } as const,
    })),
    own,
  ];
}

function headline({ node, callers, callees, pods }: ServiceDetail) {
  const failed = failedShare(node, callers);
  const denied = refusedOf(callers);
  const out = callees.reduce((sum, edge) => sum + edge.requestsPerSecond, 0);
  return [
    { name: "Receives", value: <Figure quantity={rateQuantity(callsOf(node, callers))} /> },
    {
      name: "Success",
      value: <Figure quantity={percentQuantity(failed === null ? null : 1 - failed)} />,
    },
    {
      name: "p99, slowest caller",
      value: <Figure quantity={millisecondsQuantity(worstP99(callers))} />,
    },
    {
      name: "Refused",
      value: (
        <span className="inline-flex items-center gap-1.5">
          {denied > 0 && <StatusMark status="denied" />}
          <Figure quantity={rateQuantity(denied)} />
        </span>
      ),
    },
    { name: "Sends", value: <Figure quantity={rateQuantity(out)} /> },
    { name: "Pods ready", value: `${pods.filter(({ ready }) => ready).length} of ${pods.length}` },
  ];
}

function Problems({ detail: { problems } }: { detail: ServiceDetail }) {
  if (problems.length === 0) return null;
  return (
    <ul aria-label="Problems" className="flex flex-col gap-1.5 px-4 py-3 text-sm">
      {problems.map((problem) => (
        <li key={`${problem.code}${problem.field}${problem.message}`} className="flex gap-2">
          <span className="mt-0.5">
            <StatusMark status={problem.severity === "error" ? "failing" : "degraded"} label={problem.severity} />
          </span>
          <span className="wrap-anywhere">
            {problem.object.kind} {problem.object.namespace}/{problem.object.name}: {problem.message}
          </span>
        </li>
      ))}
    </ul>
  );
}
