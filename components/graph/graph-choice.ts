/** What one chose to see of the graph: read from the URL's query, and the parameters that a saved view keeps. */
import { type EdgeMetric, readMetric } from "@/lib/picture/metric";
import type { Grouping, Level } from "./picture";

export interface Focus {
  /** Id of a topology node, or of a folded group. */
  readonly id: string;
  /** How many calls up to callers and down to callees. */
  readonly up: number;
  readonly down: number;
}

export interface GraphChoice {
  /** null: by the size of the mesh. */
  readonly level: Level | null;
  readonly open: ReadonlySet<string>;
  readonly grouping: Grouping;
  readonly metric: EdgeMetric;
  readonly find: string;
  readonly hide: string;
  /** Services and workloads that neither make nor get calls are left out. */
  readonly withoutIdle: boolean;
  /** Calls that policy allows and nobody makes are left out. */
  readonly withoutUnused: boolean;
  readonly onlyProblems: boolean;
  readonly focus: Focus | null;
  readonly table: boolean;
  /** The table lists nodes, not calls. */
  readonly listsNodes: boolean;
}

/** What belongs to a view, and so to a saved one: not what is selected, nor the instant. */
export const VIEW_PARAMETERS = [
  "level",
  "open",
  "group",
  "metric",
  "find",
  "hide",
  "idle",
  "unused",
  "problems",
  "focus",
  "up",
  "down",
  "view",
  "rows",
  "layout",
  "motion",
  "ns",
  "window",
] as const;

export const MOST_HOPS = 9;
const USUAL_HOPS = 1;

export const LEVELS = [
  { value: "namespaces", label: "Namespaces" },
  { value: "services", label: "Services" },
  { value: "workloads", label: "Workloads" },
] as const satisfies readonly { value: Level; label: string }[];

export const GROUPINGS = [
  { value: "namespace", label: "By namespace" },
  { value: "owner", label: "By ServiceAccount" },
  { value: "version", label: "By version" },
  { value: "none", label: "No groups" },
] as const satisfies readonly { value: Grouping; label: string }[];

/** Anything that is no value of a parameter is as if it were not there. */
export function readChoice(get: (name: string) => string | null): GraphChoice {
  const focus = get("focus");
  return {
    level: LEVELS.find(({ value }) => value === get("level"))?.value ?? null,
    open: readOpen(get("open")),
    grouping: GROUPINGS.find(({ value }) => value === get("group"))?.value ?? "namespace",
    metric: readMetric(get("metric")),
    find: get("find") ?? "",
    hide: get("hide") ?? "",
    withoutIdle: get("idle") === "hide",
    withoutUnused: get("unused") === "hide",
    onlyProblems: get("problems") === "only",
    focus: focus === null || focus === "" ? null : { id: focus, up: readHops(get("up")), down: readHops(get("down")) },
    table: get("view") === "table",
    listsNodes: get("rows") === "nodes",
  };
}

export function readOpen(text: string | null): ReadonlySet<string> {
  return new Set((text ?? "").split(",").filter((each) => each !== ""));
}

/** Sorted, so that the same groups are the same URL; null for none. */
export function writeOpen(open: Iterable<string>): string | null {
  const names = [...new Set(open)].sort();
  return names.length === 0 ? null : names.join(",");
}

function readHops(text: string | null): number {
  return text !== null && /^\d$/.test(text) ? Number(text) : USUAL_HOPS;
}

/** Edges at the level of services above which a mesh is shown by namespaces first. */
const MANY_EDGES = 300;

/** What a mesh is first shown by, where nothing was chosen. */
export function usualLevel(edges: number, grouping: Grouping): Level {
  return edges > MANY_EDGES && grouping !== "none" ? "namespaces" : "services";
}
