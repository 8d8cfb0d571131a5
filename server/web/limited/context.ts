/**
 * What a reader who may not see the whole mesh is answered from: the shared watches and figures, filtered. Nothing is
 * watched and no store is asked for one reader; what is not filtered here is not there.
 */
import { AppError } from "@/lib/contract/errors";
import type { Health } from "@/lib/contract/health";
import type { MetricsSource } from "@/lib/metrics/query";
import type { FeedEvent, FeedState } from "../call-feed";
import type { WebContext } from "../context";
import { coverageBodyOf } from "../coverage";
import { encodeEvent } from "../event-queue";
import { type Frame, prepareTopology } from "../frame";
import type { ReadFrames } from "../frame-tracks";
import { publicHealth } from "../health";
import type { HealthFrame } from "../health-frame";
import type { HourUsage } from "../hour-usage";
import type { ControllerFacts } from "../security";
import { limitedController } from "./controller";
import { limitedSamples, limitedTracks } from "./figures";
import { mappedFrames, mappedOnce } from "./mapped";
import { MeshFilter } from "./mesh";
import { limitedCoverage, limitedWhatIf } from "./policy";
import { type Scope, seesNamed } from "./scope";
import { refuseUnseen } from "./subjects";
import { limitedCalls, limitedChanges, limitedFacts, limitedHour } from "./told";

export function limitedContext(base: WebContext, scope: Scope): WebContext {
  const filter = new MeshFilter(scope, base.settings);
  const mesh = async () => filter.read(await base.mesh());
  const wholeOf = new WeakMap<Frame, Frame>();
  const limitedFrame = async (whole: Frame): Promise<Frame> => {
    const view = filter.read(whole.mesh);
    const partial = [...view.partial, ...whole.partial.filter(({ part }) => part !== "kubernetes")];
    const frame: Frame = { ...whole, mesh: view, samples: limitedSamples(whole.samples, scope), partial };
    wholeOf.set(frame, whole);
    await prepareTopology(frame);
    return frame;
  };
  const frames = mappedFrames(base.frames, limitedFrame);
  const factsOnce = mappedOnce((facts: ControllerFacts) => limitedFacts(facts, scope));
  const hourOnce = mappedOnce((hour: HourUsage) => limitedHour(hour, scope));
  const tracksOnce = mappedOnce((read: ReadFrames) => limitedTracks(read, scope));
  const hour = { read: async () => hourOnce(await base.hour.read()) };
  const feedOf = (state: FeedState): FeedState => ({ ...state, items: limitedCalls(state.items, scope) });
  return {
    settings: base.settings,
    client: () => {
      throw new AppError("internal", "A context shared by readers has no client of its own.");
    },
    mesh,
    metrics: REFUSING,
    telemetry: base.telemetry,
    frames,
    past: async (windowSeconds, at) => limitedFrame(await base.past(windowSeconds, at)),
    tracks: async (grid, live) => tracksOnce(await base.tracks(grid, live)),
    chart: async (query, signal) => {
      refuseUnseen(query, scope);
      return base.chart(query, signal);
    },
    coverage: async () => {
      const [whole, view, usage] = await Promise.all([base.coverage(), mesh(), hour.read()]);
      return limitedCoverage(whole, coverageBodyOf(view, usage), scope);
    },
    whatIf: async (change) => limitedWhatIf(await base.whatIf(change), scope),
    usage: (frame) => base.usage(wholeOf.get(frame) ?? frame),
    hour,
    controller: { read: async () => factsOnce(await base.controller.read()) },
    events: base.events,
    trends: {
      get: async (key) => {
        const { services, ...about } = await base.trends.get(key);
        return {
          ...about,
          services: Object.fromEntries(Object.entries(services).filter(([name]) => seesNamed(scope, name))),
        };
      },
    },
    calls: {
      latest: async () => feedOf(await base.calls.latest()),
      subscribe: (listener) => base.calls.subscribe((event) => listener(limitedEvent(event, feedOf, scope))),
    },
    controllerClient: base.controllerClient && limitedController(base.controllerClient, scope),
    onChange: base.onChange,
    overview: {
      ...base.overview,
      control: async () => {
        const { status, changes } = await base.overview.control();
        return { status, changes: "items" in changes ? limitedChanges(changes, scope) : changes };
      },
    },
    health: mappedFrames(base.health, async ({ health }) => healthFrame(publicHealth(health))),
  };
}

function limitedEvent(event: FeedEvent, feedOf: (state: FeedState) => FeedState, scope: Scope): FeedEvent {
  if (event.kind === "snapshot") return { ...event, state: feedOf(event.state) };
  return event.kind === "calls" ? { ...event, items: limitedCalls(event.items, scope) } : event;
}

function healthFrame(health: Health): HealthFrame {
  const { at: _, ...rest } = health;
  return { health, text: JSON.stringify(rest), event: encodeEvent("health", health) };
}

const refuse = () =>
  Promise.reject(new AppError("forbidden", "Free questions to the metrics store take rights to the whole mesh."));
const REFUSING: MetricsSource = { instant: refuse, range: refuse };
