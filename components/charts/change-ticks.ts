import type { Change } from "@/lib/contract/changes";
import type { ChartSubject } from "@/lib/contract/charts";

const MINUTE_MS = 60_000;

/** The chart's stretch of time in whole minutes, so that what changed in it is not asked anew with every point. */
export function minutesAround({ at, rangeSeconds }: { readonly at: number; readonly rangeSeconds: number }): {
  readonly since: number;
  readonly until: number;
} {
  const since = Math.floor((at - rangeSeconds * 1000) / MINUTE_MS) * MINUTE_MS;
  return { since, until: Math.ceil(at / MINUTE_MS) * MINUTE_MS };
}

/** What may have moved the figures of a subject: changes in its namespaces (`a,b`), and those of the whole mesh. */
export function changeTicks(
  changes: readonly Change[],
  namespaces: string,
): readonly { readonly at: number; readonly label: string }[] {
  const known = new Set(namespaces.split(","));
  return changes
    .filter(({ kind, namespace }) => kind === "MeshConfig" || known.has(namespace))
    .map(({ at, kind, name, summary }) => ({ at, label: `${kind} ${name}: ${summary}` }));
}

/** `a,b`: a text, so that a subject made anew by a render is not another. */
export function namespacesOf(subject: ChartSubject): string {
  return namesIn(subject)
    .map((id) => id.slice(0, id.indexOf("/")))
    .join(",");
}

function namesIn(subject: ChartSubject): readonly string[] {
  switch (subject.kind) {
    case "edge":
      return [subject.source, subject.target];
    case "service":
      return [subject.service];
    case "workload":
      return [subject.workload];
    case "split":
      return [subject.split];
  }
}
