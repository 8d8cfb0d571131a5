/** What a built-in board is made of. */
import type { Flowing } from "../flow";
import type { Dimension, MeasureId } from "../measures";
import type { MeasuresSource, Threshold } from "../panel";

/** What a board is told about: a namespace, a service key, a workload's node id, a split's key. null: not chosen. */
export interface Variables {
  readonly namespace: string | null;
  readonly service: string | null;
  readonly workload: string | null;
  readonly split: string | null;
}
export type VariableName = keyof Variables;

export interface BuiltInBoard {
  /** Stands in the URL. */
  readonly id: string;
  readonly title: string;
  readonly group: "Mesh" | "As OSM's Grafana";
  readonly about: string;
  /** Without these it shows nothing. */
  readonly needs: readonly VariableName[];
  /** These narrow it. */
  readonly takes: readonly VariableName[];
  readonly panels: (variables: Variables) => readonly Flowing[];
  /** Panels the board had in OSM and has not here. */
  readonly missing?: readonly { readonly panel: string; readonly why: string }[];
}

type Scope = Pick<MeasuresSource, "from" | "to" | "side">;

interface Extra extends Scope {
  readonly by?: Dimension;
  readonly w?: number;
  readonly h?: number;
  readonly thresholds?: Threshold[];
}

/** Lines over time. */
export function series(
  title: string,
  measures: MeasureId[],
  { w = 6, h = 4, thresholds, ...scope }: Extra = {},
): Flowing {
  return panel("series", { title, measures, w, h, scope, thresholds });
}

/** The newest figure. */
export function stat(title: string, measure: MeasureId, { w = 3, h = 2, thresholds, ...scope }: Extra = {}): Flowing {
  return panel("stat", { title, measures: [measure], w, h, scope, thresholds });
}

/** The largest of a dimension. */
export function top(title: string, measure: MeasureId, by: Dimension, { w = 6, h = 5, ...scope }: Extra = {}): Flowing {
  return panel("top", { title, measures: [measure], w, h, scope: { ...scope, by }, thresholds: undefined });
}

function panel(
  kind: Flowing["kind"],
  of: {
    readonly title: string;
    readonly measures: MeasureId[];
    readonly w: number;
    readonly h: number;
    readonly scope: Scope & { readonly by?: Dimension };
    readonly thresholds: Threshold[] | undefined;
  },
): Flowing {
  const { title, w, h, thresholds } = of;
  const scope = Object.fromEntries(Object.entries(of.scope).filter(([, value]) => value !== undefined));
  const source: MeasuresSource = { of: "measures", measures: of.measures, ...scope };
  return { kind, title, w, h, source, ...(thresholds ? { thresholds } : {}) };
}

/** A scope with what was chosen, nothing where nothing was. */
export function scoped(scope: { readonly [Name in keyof Scope]: Scope[Name] | null }): Scope {
  return Object.fromEntries(Object.entries(scope).filter(([, value]) => value !== null)) as Scope;
}
