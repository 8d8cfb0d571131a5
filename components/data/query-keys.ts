/** The names answers are cached under, made in one place: the stream writes where the hooks read. */
import type { PanelSource } from "@/lib/boards/panel";
import type { BoardDataQuery } from "@/lib/contract/boards";
import type { ChartSubject } from "@/lib/contract/charts";
import type { SmiPlural } from "@/lib/contract/smi-plurals";

export const queryKeys = {
  topology: (window: string, at: number | null) => ["topology", window, at] as const,
  overview: (window: string, past: { readonly at: number | null; readonly ns: string | null }) =>
    ["overview", window, past.at, past.ns] as const,
  frames: (range: string, window: string, end: number | null) => ["frames", range, window, end] as const,
  splits: (window: string, at: number | null = null) => ["splits", window, at] as const,
  access: (window: string, at: number | null = null) => ["access", window, at] as const,
  security: (window: string, at: number | null = null) => ["security", window, at] as const,
  coverage: () => ["coverage"] as const,
  session: () => ["session"] as const,
  rights: (namespace: string) => ["rights", namespace] as const,
  health: () => ["health"] as const,
  problems: () => ["problems"] as const,
  /** Without a range: of every range. */
  changes: (range?: { readonly since: number; readonly until: number }) =>
    range === undefined ? (["changes"] as const) : (["changes", range.since, range.until] as const),
  dataSource: (id: string) => ["data-source", id] as const,
  meshConfig: () => ["mesh-config"] as const,
  namespaces: () => ["namespaces"] as const,
  proxies: () => ["proxies"] as const,
  envoyConfig: (id: string) => ["envoy-config", id] as const,
  proxyConfig: (id: string) => ["proxy-config", id] as const,
  rollouts: (namespace: string) => ["rollouts", namespace] as const,
  service: (id: string, window: string, at: number | null) => ["service", id, window, at] as const,
  events: (id: string) => ["events", id] as const,
  serviceTrends: () => ["service-trends"] as const,
  callAggregates: (about: string, window: string) => ["call-aggregates", about, window] as const,
  smi: (plural: SmiPlural) => ["smi", plural] as const,
  chart: (subject: ChartSubject, range: string, at: number | null) => ["chart", subject, range, at] as const,
  boardData: (asked: BoardDataQuery) => ["board-data", asked] as const,
  embed: (token: string) => ["embed", token] as const,
  panelQueries: (source: PanelSource, range: string) => ["panel-queries", source, range] as const,
  explain: (call: Readonly<Record<string, string>>) => ["explain", call] as const,
};
