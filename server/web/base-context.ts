/** The dashboard's composition root: client, watches, caches and sources of the whole mesh, shared by all who look. */
import { setTimeout as sleep } from "node:timers/promises";
import type { ServiceTrends } from "@/lib/contract/services";
import { directoryOf } from "@/lib/topology/directory";
import { modelProtocols } from "@/lib/topology/edges";
import { createLogger } from "@/server/platform/log";
import { ownVersion } from "@/server/platform/version";
import { askFigures } from "./ask-figures";
import { CallFeed } from "./call-feed";
import { chartOf } from "./charts";
import type { WebContext } from "./context";
import { createControllerClient } from "./controller-client";
import { ControllerReader } from "./controller-facts";
import { coverageBodyOf } from "./coverage";
import { FigureReader } from "./figures";
import { type Frame, prepareTopology, readFrame, readPastFrame } from "./frame";
import { FrameTracks } from "./frame-tracks";
import { type HealthFrame, readHealth } from "./health-frame";
import { HourReader } from "./hour-usage";
import { connectKube } from "./kube-connection";
import { EventLists } from "./kube-events";
import { metricsSource } from "./metrics-source";
import { overviewReader } from "./overview-parts";
import { refreshFailures, refreshSeconds } from "./own-metrics";
import { type PolicyUsage, readPolicyUsage, type UsageSources } from "./policy-usage";
import { budgeted } from "./query-budget";
import { readServiceTrends } from "./service-trends";
import { readSettings } from "./settings";
import { SharedFrames } from "./shared-frames";
import { chooseTelemetry } from "./telemetry-choice";
import { watchMetrics } from "./watched-metrics";
import { whatIf } from "./what-if";

const PERIOD_MS = 2_000;
const POKE_MS = 100;
const HEALTH_MS = 1_000;
const TRENDS_MS = 20_000;
const WHAT_IF_SECONDS = 60;

/** A Kubernetes API or store that is away is no reason not to answer. */
export function createBaseContext(): WebContext {
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
  const sources = { mesh: kube.mesh, metrics: metrics.source, telemetry, now: Date.now };
  const overview = overviewReader(sources, controllerClient);
  const tracks = new FrameTracks(Date.now);
  const hour = new HourReader({
    mesh: kube.mesh,
    metrics: metrics.source,
    controller: controllerClient,
    now: Date.now,
  });
  const trends = new SharedFrames<ServiceTrends>({
    load: () => readServiceTrends(sources),
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
    past: (windowSeconds, at) => readPastFrame(sources, windowSeconds, at),
    tracks: async (grid, live) => {
      const [{ objects, model }, dialect] = await Promise.all([kube.mesh(), telemetry()]);
      const read = { directory: directoryOf(objects), protocolOf: modelProtocols(model) };
      return tracks.get({ metrics: metrics.source, telemetry: dialect, ...read }, grid, live);
    },
    chart: async (query, signal) => {
      const [mesh, dialect] = await Promise.all([kube.mesh(), telemetry()]);
      return chartOf(query, { mesh, metrics: metrics.source, telemetry: dialect, now: Date.now }, signal);
    },
    coverage: async () => {
      const [view, usage] = await Promise.all([kube.mesh(), hour.read()]);
      return coverageBodyOf(view, usage);
    },
    whatIf: async (change) => {
      const [frame, facts] = await Promise.all([frames.get(WHAT_IF_SECONDS), controller.read()]);
      return whatIf(change, { frame, names: settings, calls: facts.calls });
    },
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
