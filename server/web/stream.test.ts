import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EMPTY_OBJECTS, type MeshObjects } from "@/lib/mesh/input";
import { translate } from "@/lib/mesh/translate";
import { NO_SAMPLES } from "@/lib/metrics/mesh-queries";
import { encodeEvent } from "./event-queue";
import type { Frame } from "./frame";
import type { HealthFrame } from "./health-frame";
import type { MeshView } from "./mesh-view";
import { readSettings } from "./settings";
import { SharedFrames } from "./shared-frames";
import { openStream, type StreamSources } from "./stream";

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const model = translate(EMPTY_OBJECTS, { meshName: "osm", trustDomain: "cluster.local", policyMode: "smi" });
const DEPLOYMENTS: MeshView["deployments"] = [];
const viewOf = (objects: MeshObjects): MeshView => ({
  objects,
  model,
  meshConfig: null,
  deployments: DEPLOYMENTS,
  partial: [],
});

const never = () => new Promise<never>(() => {});
/** No test wishes a topic that is made of more than its frame. */
const NOT_ASKED: Pick<StreamSources, "usage" | "controller" | "overview" | "settings"> = {
  usage: never,
  controller: { read: never },
  overview: { trend: never, usual: never, control: never, pastTrend: never, pastUsual: never },
  settings: readSettings({}),
};

function shared<F>(load: (key: number) => Promise<F>) {
  return new SharedFrames<F>({ load, now: Date.now, periodMs: 2_000, pokeMs: 100 });
}

function setUp() {
  const listeners = new Set<() => void>();
  let objects = EMPTY_OBJECTS;
  let state = "ok";
  const loads: number[] = [];
  const frames = shared(async (windowSeconds): Promise<Frame> => {
    loads.push(windowSeconds);
    const queries = { count: 0, ms: 0 };
    return {
      at: Date.now(),
      windowSeconds,
      mesh: viewOf(objects),
      samples: NO_SAMPLES,
      policy: "smi",
      samplesAt: null,
      queries,
      partial: [],
    };
  });
  const health = shared(
    async () => ({ text: state, event: encodeEvent("health", { state, at: Date.now() }) }) as unknown as HealthFrame,
  );
  const sources: StreamSources = {
    frames,
    health,
    mesh: async () => viewOf(objects),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ...NOT_ASKED,
  };
  return {
    sources,
    loads,
    listeners,
    ail: () => {
      state = "degraded";
    },
    change: (more: Partial<MeshObjects>) => {
      objects = { ...objects, ...more };
      for (const listener of listeners) listener();
    },
  };
}

/** Reads at once whatever comes; `names` and `last` tell what did. */
function follow(response: Response) {
  const seen: { name: string; data: unknown }[] = [];
  const reader = response.body?.getReader();
  let ended = false;
  const read = async () => {
    for (;;) {
      const next = await reader?.read();
      if (!next || next.done) break;
      const found = /^event: (.*)\ndata: (.*)\n\n$/.exec(new TextDecoder().decode(next.value));
      if (found) seen.push({ name: found[1] ?? "", data: JSON.parse(found[2] ?? "null") });
    }
    ended = true;
  };
  void read();
  return {
    names: () => seen.map(({ name }) => name),
    last: (name: string) => seen.findLast((event) => event.name === name)?.data,
    clear: () => seen.splice(0),
    ended: () => ended,
  };
}

const signal = () => new AbortController().signal;

describe("openStream", () => {
  it("begins with every topic that was wished and with what lists are out of date", async () => {
    const { sources } = setUp();
    const wishes = { topology: "30s", splits: "60s", health: "on", problems: "on" };
    const heard = follow(openStream(wishes, signal(), sources));
    await vi.advanceTimersByTimeAsync(50);
    expect(heard.names().sort()).toEqual(["changed", "health", "problems", "splits", "topology"]);
    expect(heard.last("topology")).toMatchObject({ windowSeconds: 30 });
    expect(heard.last("splits")).toMatchObject({ windowSeconds: 60 });
    expect(heard.last("changed")).toEqual({
      resources: expect.arrayContaining(["trafficsplits", "traffictargets", "namespaces", "workloads"]),
    });
  });

  it("tells which lists a change is in, once for many changes", async () => {
    const { sources, change } = setUp();
    const heard = follow(openStream({}, signal(), sources));
    await vi.advanceTimersByTimeAsync(500);
    heard.clear();
    for (let i = 0; i < 10; i++) change({ trafficSplits: [], pods: [] });
    await vi.advanceTimersByTimeAsync(150);
    expect(heard.names()).toEqual(["changed"]);
    expect(heard.last("changed")).toEqual({ resources: ["workloads", "trafficsplits"] });
  });

  it("sends health only when it differs, and a heartbeat when there is nothing to say", async () => {
    const { sources, ail } = setUp();
    const heard = follow(openStream({ health: "on" }, signal(), sources));
    await vi.advanceTimersByTimeAsync(10_500);
    expect(heard.names().filter((name) => name === "health")).toHaveLength(1);
    expect(heard.names().filter((name) => name === "heartbeat")).toHaveLength(2);
    ail();
    await vi.advanceTimersByTimeAsync(2_500);
    expect(heard.last("health")).toMatchObject({ state: "degraded" });
  });

  it("computes and encodes once for twenty readers", async () => {
    const { sources, loads } = setUp();
    const stringify = vi.spyOn(JSON, "stringify");
    const readers = Array.from({ length: 20 }, () => follow(openStream({ topology: "30s" }, signal(), sources)));
    await vi.advanceTimersByTimeAsync(4_100);
    // Graphs are written field by field.
    const encoded = stringify.mock.calls.filter(([value]) => value === "nodes");
    stringify.mockRestore();
    expect(loads).toHaveLength(3);
    expect(encoded).toHaveLength(3);
    for (const heard of readers) expect(heard.names().filter((name) => name === "topology")).toHaveLength(3);
  });

  it("leaves nothing behind when its reader goes away", async () => {
    const { sources, listeners, loads } = setUp();
    const gone = new AbortController();
    const wishes = { topology: "30s", health: "on", problems: "on" };
    const heard = follow(openStream(wishes, gone.signal, sources));
    await vi.advanceTimersByTimeAsync(100);
    gone.abort();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([heard.ended(), listeners.size, loads.length, vi.getTimerCount()]).toEqual([true, 0, 1, 0]);
  });

  it("goes on when the objects cannot be read", async () => {
    const { sources } = setUp();
    const broken = { ...sources, mesh: () => Promise.reject(new Error("a fault")) };
    const heard = follow(openStream({ topology: "30s" }, signal(), broken));
    await vi.advanceTimersByTimeAsync(2_500);
    expect(heard.names().filter((name) => name === "topology")).toHaveLength(2);
  });
});
