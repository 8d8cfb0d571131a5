import type { PanelKind, PanelSource, Threshold } from "@/lib/boards/panel";
import type { ChartSubject } from "@/lib/contract/charts";
import { CHART_UNITS, type ChartPart } from "@/lib/metrics/chart-queries";

/** Where a chart's figures come from: enough to show it elsewhere. */
export interface ChartOrigin {
  readonly title: string;
  readonly kind: PanelKind;
  readonly source: PanelSource;
  readonly thresholds?: Threshold[];
  /** `15m` */
  readonly range: string;
}

/** Of one chart of a subject: the parts it draws, and a title that says whose they are. */
export function originOf(
  subject: ChartSubject,
  range: string,
  chart: { readonly title: string; readonly lines: readonly { readonly label: string }[] },
): ChartOrigin {
  const parts = chart.lines.map(({ label }) => label).filter(isPart);
  const known = subject.kind === "workload" ? { ...subject, direction: subject.direction ?? ("in" as const) } : subject;
  const source = { of: "subject", subject: known, parts } as const;
  return { title: `${chart.title} of ${nameOf(subject)}`.slice(0, 80), kind: "series", source, range };
}

function isPart(label: string): label is ChartPart {
  return Object.hasOwn(CHART_UNITS, label);
}

function nameOf(subject: ChartSubject): string {
  const short = (id: string) => id.slice(id.lastIndexOf("/") + 1);
  switch (subject.kind) {
    case "edge":
      return `${short(subject.source)} to ${short(subject.target)}`;
    case "service":
      return short(subject.service);
    case "workload":
      return short(subject.workload);
    case "split":
      return short(subject.split);
  }
}
