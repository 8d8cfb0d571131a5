/**
 * The dashboard's composition root: client, watches, caches and sources, made once and held on globalThis, because Next
 * loads this module more than once. A Kubernetes API or store that is away is no reason not to answer.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { ServiceTrends } from "@/lib/contract/services";
import type { MetricsSource } from "@/lib/metrics/query";
import type { Telemetry } from "@/lib/metrics/telemetry/telemetry";
import type { KubeClient } from "@/server/kube/client";
import { createLogger } from "@/server/platform/log";
import { ownVersion } from "@/server/platform/version";
import { askFigures } from "./ask-figures";
import { CallFeed } from "./call-feed";
import { type ControllerClient, createControllerClient } from "./controller-client";
import { ControllerReader } from "./controller-facts";
import { FigureReader } from "./figures";
import { type Frame, prepareTopology, readFrame } from "./frame";
import { FrameTracks } from "./frame-tracks";
import { type HealthFrame, readHealth } from "./health-frame";
import { HourReader } from "./hour-usage";
import { connectKube } from "./kube-connection";
import { EventLists } from "./kube-events";
import type { MeshView } from "./mesh-view";
import { metricsSource } from "./metrics-source";
import { type OverviewReader, overviewReader } from "./overview-parts";
import { refreshFailures, refreshSeconds } from "./own-metrics";
import { type PolicyUsage, readPolicyUsage, type UsageSources } from "./policy-usage";
import { budgeted } from "./query-budget";
import { readServiceTrends } from "./service-trends";
import { readSettings, type WebSettings } from "./settings";
import { SharedFrames } from "./shared-frames";
import { chooseTelemetry } from "./telemetry-choice";
import { watchMetrics } from "./watched-metrics";

export interface WebContext {
  readonly settings: WebSettings;
  /** Throws AppError when there is no Kubernetes API to ask. */
  readonly client: () => KubeClient;
  readonly mesh: () => Promise<MeshView>;
  readonly metrics: MetricsSource;
  /** The dialect of the store: what to ask it, and how to read what it answers. */
  readonly telemetry: () => Promise<Telemetry>;
  /** By window in seconds; one computation for all who look. */
  readonly frames: SharedFrames<Frame>;
  /** The mesh over ranges of time. */
  readonly frameTracks: FrameTracks;
  readonly usage: (frame: Frame) => Promise<PolicyUsage>;
  /** The last hour's use of policy. */
  readonly hour: HourReader;
  readonly controller: ControllerReader;
  /** Kubernetes Events of a namespace, read once for all who look. */
  readonly events: EventLists;
  /** Requests of every service over the last minutes, under key 0. */
  readonly trends: SharedFrames<ServiceTrends>;
  /** Calls as the controller tells of them; one reading for all who look. */
  readonly calls: CallFeed;
  /** null when no controller is configured. */
  readonly controllerClient: ControllerClient | null;
  /** Calls back soon after objects changed, with the object lists that differ. Returns how to stop. */
  readonly onChange: (listener: () => void) => () => void;
  readonly overview: OverviewReader;
  /** Under key 0; one reading for all who look. */
  readonly health: SharedFrames<HealthFrame>;
}

const PERIOD_MS = 2_000;
const POKE_MS = 100;
const HEALTH_MS = 1_000;
const TRENDS_MS = 20_000;
const HELD = Symbol.for("meshdeck.web.context");

export function webContext(): WebContext {
  const place = globalThis as { [HELD]?: WebContext };
  place[HELD] ??= create();
  return place[HELD];
}

function create(): WebContext {
  const settings = readSettings(process.env);
  const budget = settings.queryBudget && budgeted(metricsSource(settings.metrics), settings.queryBudget, Date.now);
  const metrics = watchMetrics(budget?.source ?? metricsSource(settings.metrics), Date.now);
  const telemetry = chooseTelemetry({ metrics: metrics.source, forced: settings.telemetry, now: Date.now });
  const figures = new FigureReader({
    ask: ({ windowSeconds, objects, before }) => {
      const sources = { metrics: metrics.source, telemetry, now: Date.now };
      return askFigures(sources, { windowSeconds, objects, before, at: Date.now() });
    },
    budget,
    now: Date.now,
  });
  const listeners = new Set<() => void>();
  const kube = connectKube(settings, {
    log: createLogger("dashboard"),
    now: Date.now,
    onChange: () => {
      frames.poke();
      overview.poke();
      for (const listener of listeners) listener();
    },
  });
  const frames = new SharedFrames<Frame>({
    load: async (windowSeconds) => {
      const done = refreshSeconds.startTimer({ window: String(windowSeconds) });
      const frame = await readFrame({ mesh: kube.mesh, figures, now: Date.now }, windowSeconds);
      await prepareTopology(frame);
      done();
      for (const { part } of frame.partial) refreshFailures.inc({ part });
      return frame;
    },
    now: Date.now,
    periodMs: PERIOD_MS,
    pokeMs: POKE_MS,
  });
  const controllerClient = settings.controller ? createControllerClient(settings.controller) : null;
  const controller = new ControllerReader(controllerClient, Date.now);
  const overview = overviewReader(
    { mesh: kube.mesh, metrics: metrics.source, telemetry, now: Date.now },
    controllerClient,
  );
  const hour = new HourReader({
    mesh: kube.mesh,
    metrics: metrics.source,
    controller: controllerClient,
    now: Date.now,
  });
  const trends = new SharedFrames<ServiceTrends>({
    load: () => readServiceTrends({ mesh: kube.mesh, metrics: metrics.source, telemetry, now: Date.now }),
    now: Date.now,
    periodMs: TRENDS_MS,
    pokeMs: POKE_MS,
  });
  const parts = {
    kubernetes: async () => (await kube.mesh()).partial,
    metrics: metrics.partial,
    controller: async () => (await controller.read()).partial,
  };
  const about = { ...settings, startedAt: Date.now(), version: ownVersion() };
  const health = new SharedFrames<HealthFrame>({
    load: () => readHealth({ about, parts, now: Date.now }),
    now: Date.now,
    periodMs: HEALTH_MS,
    pokeMs: POKE_MS,
  });
  return {
    settings,
    client: kube.client,
    mesh: kube.mesh,
    metrics: metrics.source,
    telemetry,
    frames,
    frameTracks: new FrameTracks(Date.now),
    usage: sharedUsage({ metrics: metrics.source, hour }),
    hour,
    controller,
    controllerClient,
    overview,
    events: new EventLists(Date.now),
    trends,
    calls: new CallFeed({
      client: controllerClient,
      now: Date.now,
      sleep: (ms) => sleep(ms, undefined, { ref: false }),
    }),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    health,
  };
}

/** Which policies are used, asked once per frame for everybody. A store that is away leaves it unknown. */
function sharedUsage(sources: UsageSources): (frame: Frame) => Promise<PolicyUsage> {
  const known = new WeakMap<Frame, Promise<PolicyUsage>>();
  return (frame) => {
    const asked = known.get(frame) ?? readPolicyUsage(sources, frame);
    known.set(frame, asked);
    return asked;
  };
}
