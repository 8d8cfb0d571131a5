import type { Overview, Trend } from "@/lib/contract/overview";
import { windowSeconds } from "@/lib/contract/window";
import { changesOf } from "./changes";
import { webContext } from "./context";
import { type Frame, readPastFrame } from "./frame";
import { type OverviewParts, overviewOf } from "./overview";
import { type Measured, measured } from "./overview-parts";
import { showChanges } from "./show-changes";
import { readTrend, readUsual, type Usual } from "./trend";

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
  return liveOverview(await webContext().frames.get(seconds), scope);
}

/** From the frame all viewers share. */
export async function liveOverview(frame: Frame, scope: ReadonlySet<string> | null): Promise<Overview> {
  const { overview, controller, settings } = webContext();
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
    ...common(scope),
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
  const { mesh, metrics, telemetry } = webContext();
  const sources = { mesh, metrics, telemetry, now: Date.now };
  const [frame, trend, usual, changes] = await Promise.all([
    readPastFrame(sources, seconds, at),
    measured(sources, () => readTrend(sources, at), null),
    measured<Usual>(sources, () => readUsual(sources, at), new Map()),
    showChanges({ since: at - HOUR_MS, until: at }, signal),
  ]);
  return overviewOf(frame, { ...common(scope), ...together(trend, usual), changes, control: null });
}

function common(scope: ReadonlySet<string> | null): Pick<OverviewParts, "meshName" | "controlNamespace" | "scope"> {
  const { meshName, controlNamespace } = webContext().settings;
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
