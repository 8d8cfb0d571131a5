import type { Overview, Trend } from "@/lib/contract/overview";
import { windowSeconds } from "@/lib/contract/window";
import { changesOf } from "./changes";
import { webContext } from "./context";
import type { Frame } from "./frame";
import { type OverviewParts, overviewOf } from "./overview";
import type { Measured } from "./overview-parts";
import { showChanges } from "./show-changes";
import type { TopicSources } from "./topics";
import type { Usual } from "./trend";

const HOUR_MS = 3600_000;

export interface OverviewWish {
  readonly window: string;
  /** Unix milliseconds; now when left out. */
  readonly at?: number | undefined;
  /** Namespaces; all when left out. */
  readonly ns?: readonly string[] | undefined;
}

export async function showOverview({ window, at, ns }: OverviewWish, signal: AbortSignal): Promise<Overview> {
  const seconds = windowSeconds(window) ?? 30;
  const scope = ns === undefined ? null : new Set(ns);
  if (at !== undefined) return pastOverview({ seconds, at, scope }, signal);
  const context = webContext();
  return liveOverview(await context.frames.get(seconds), scope, context);
}

/** From the frame all viewers share. */
export async function liveOverview(
  frame: Frame,
  scope: ReadonlySet<string> | null,
  { overview, controller, settings }: TopicSources,
): Promise<Overview> {
  const [trend, usual, control, facts] = await Promise.all([
    overview.trend(),
    overview.usual(),
    overview.control(),
    controller.read(),
  ]);
  const now = Date.now();
  const range = { since: now - HOUR_MS, until: now };
  const sources = { mesh: frame.mesh, meshName: settings.meshName, controller: control.changes, now };
  return overviewOf(frame, {
    ...common(scope, settings),
    ...together(trend, usual),
    changes: changesOf(range, sources),
    control: { status: control.status, facts },
  });
}

interface Past {
  readonly seconds: number;
  readonly at: number;
  readonly scope: ReadonlySet<string> | null;
}

async function pastOverview({ seconds, at, scope }: Past, signal: AbortSignal): Promise<Overview> {
  const { past, overview, settings } = webContext();
  const [frame, trend, usual, changes] = await Promise.all([
    past(seconds, at),
    overview.pastTrend(at),
    overview.pastUsual(at),
    showChanges({ since: at - HOUR_MS, until: at }, signal),
  ]);
  return overviewOf(frame, { ...common(scope, settings), ...together(trend, usual), changes, control: null });
}

function common(
  scope: ReadonlySet<string> | null,
  { meshName, controlNamespace }: TopicSources["settings"],
): Pick<OverviewParts, "meshName" | "controlNamespace" | "scope"> {
  return { meshName, controlNamespace, scope };
}

type Measurements = Pick<OverviewParts, "trend" | "usual" | "queries" | "partial">;

function together(trend: Measured<Trend | null>, usual: Measured<Usual>): Measurements {
  return {
    trend: trend.value,
    usual: usual.value,
    queries: { count: trend.queries.count + usual.queries.count, ms: trend.queries.ms + usual.queries.ms },
    partial: [...trend.partial, ...usual.partial],
  };
}
