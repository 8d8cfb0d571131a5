/** The same calls counted by four meshes, in a real store each: the graph shows the same figures. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Topology } from "@/lib/contract/topology";
import { translate } from "@/lib/mesh/translate";
import { quantile, upperBound } from "@/lib/metrics/quantile";
import type { ScannedSource } from "@/lib/metrics/scan";
import { TELEMETRIES } from "@/lib/metrics/telemetry/detect";
import type { TelemetryName } from "@/lib/metrics/telemetry/telemetry";
import { frameGrid } from "@/lib/time/frame-grid";
import { toTheEnd } from "@/lib/time/steps";
import { directoryOf } from "@/lib/topology/directory";
import { modelProtocols } from "@/lib/topology/edges";
import { encodeFrames } from "@/lib/topology/encode-frames";
import { decodeFrames, topologyAt } from "@/lib/topology/frames";
import { createPrometheusSource } from "@/server/metrics/prometheus";
import { askFigures } from "@/server/web/ask-figures";
import { chartOf } from "@/server/web/charts";
import { FigureReader } from "@/server/web/figures";
import { readFrame, topologyOf } from "@/server/web/frame";
import { FrameTracks } from "@/server/web/frame-tracks";
import { chooseTelemetry } from "@/server/web/telemetry-choice";
import {
  type Call,
  type Connections,
  countsConnections,
  dialectObjects,
  dialectSeries,
  type Place,
} from "../support/dialects";
import { REAL_STORES, type RunningStore } from "./real-stores";

const FRONT: Place = { namespace: "front", kind: "Deployment", name: "front-door" };
const BATCH: Place = { namespace: "batch-jobs", kind: "StatefulSet", name: "nightly.run" };
const WEB: Place = { namespace: "shop", kind: "Deployment", name: "web-v1" };
const CACHE: Place = { namespace: "shop", kind: "StatefulSet", name: "cache" };
const PLACES = [FRONT, BATCH, WEB, CACHE];

const CALLS: readonly Call[] = [
  {
    from: FRONT,
    to: WEB,
    byCode: { "200": 8, "404": 1, "503": 1 },
    buckets: { "5": 0, "10": 5, "25": 9, "50": 9.5, "100": 10, "+Inf": 10 },
    secureOfTen: 10,
  },
  {
    from: BATCH,
    to: WEB,
    byCode: { "200": 4 },
    buckets: { "5": 4, "10": 4, "25": 4, "50": 4, "100": 4, "+Inf": 4 },
    secureOfTen: 4,
  },
];
/** What a quantile of calls is, over the bounds every one of them has. */
const quantileMs = (q: number, calls: readonly Call[]) =>
  quantile(
    q,
    calls.flatMap(({ buckets }) =>
      Object.entries(buckets).map(([le, count]) => ({ upperBound: upperBound(le) ?? Number.NaN, count })),
    ),
  ) ?? Number.NaN;
const CONNECTIONS: readonly Connections[] = [{ from: WEB, to: CACHE, opened: 2 }];

const FRONT_ID = "front/deployment/front-door>shop/service/web-v1";
const BATCH_ID = "batch-jobs/statefulset/nightly.run>shop/service/web-v1";
const CACHE_ID = "shop/deployment/web-v1>shop/service/cache";

const CASES = REAL_STORES.flatMap((store) =>
  (Object.keys(TELEMETRIES) as TelemetryName[]).map((name) => ({ name, store: store.name, real: store })),
);

describe.each(CASES)("telemetry of $name in $store", ({ name, real }) => {
  describe.skipIf(real.binary === null)("as a graph and charts", () => {
    const end = Math.floor(Date.now() / 1000) * 1000;
    const objects = dialectObjects(name, PLACES);
    const model = translate(objects, { meshName: "osm", trustDomain: "cluster.local", policyMode: "permissive" });
    const mesh = { objects, model, partial: [], meshConfig: null, deployments: [] };
    let store: RunningStore;
    let metrics: ScannedSource;
    let topology: Topology;
    let asked = 0;

    beforeAll(async () => {
      const port = 28_520 + Object.keys(TELEMETRIES).indexOf(name);
      store = await real.start({ port, config: "global: {}\n" });
      await store.write(dialectSeries(name, { calls: CALLS, connections: CONNECTIONS }, end));
      const source = createPrometheusSource({ url: store.url, timeoutMs: 5_000, access: real.access });
      metrics = {
        ...source,
        instant: (...question) => {
          asked += 1;
          return source.instant(...question);
        },
      };
      const telemetry = chooseTelemetry({ metrics, forced: null, now: () => end });
      const now = () => end;
      const figures = new FigureReader({
        ask: (question) => askFigures({ metrics, telemetry, now }, { ...question, at: end }),
        budget: null,
        now,
        patienceMs: 10_000,
      });
      const frame = await readFrame({ mesh: async () => mesh, figures, now }, 30);
      expect(frame.partial).toEqual([]);
      topology = topologyOf(frame);
    });
    afterAll(() => store?.close());

    const edge = (id: string) => topology.edges.find((one) => one.id === id);
    const node = (id: string) => topology.nodes.find((one) => one.id === id);

    it("is found out by one question, and the graph costs at most six more", () => {
      expect(asked).toBeLessThanOrEqual(7);
      expect(topology.queries.count).toBe(asked - 1);
    });

    it("has an edge for each pair that calls, and no other", () => {
      const expected = [BATCH_ID, FRONT_ID, ...(countsConnections(name) ? [CACHE_ID] : [])];
      expect(topology.edges.map(({ id }) => id)).toEqual(expected);
    });

    it("has rates, errors and percentiles", () => {
      expect(edge(FRONT_ID)?.requestsPerSecond).toBeCloseTo(10, 6);
      expect(edge(FRONT_ID)?.errorRatio).toBeCloseTo(0.1, 6);
      expect(edge(FRONT_ID)).toMatchObject({ protocol: "http", allowed: true, denied: false });
      expect(edge(FRONT_ID)?.latencyMs?.p50).toBeCloseTo(10, 4);
      expect(edge(FRONT_ID)?.latencyMs?.p95).toBeCloseTo(50, 4);
      expect(edge(FRONT_ID)?.latencyMs?.p99).toBeCloseTo(quantileMs(0.99, CALLS.slice(0, 1)), 4);
      expect(edge(BATCH_ID)?.requestsPerSecond).toBeCloseTo(4, 6);
      expect(edge(BATCH_ID)?.errorRatio).toBe(0);
      expect(edge(BATCH_ID)?.latencyMs?.p99).toBeCloseTo(4.95, 4);
    });

    it("tells mutual TLS from plaintext", () => {
      expect(edge(FRONT_ID)).toMatchObject({ mtls: true, mtlsRatio: 1 });
      // Nobody but OSM's own sidecars says where an OSM call ended, and those take no plaintext.
      if (name === "osm") expect(edge(BATCH_ID)).toMatchObject({ mtls: true });
      else expect(edge(BATCH_ID)?.mtlsRatio).toBeCloseTo(0.4, 6);
    });

    it("counts connections of other protocols, where the mesh does", () => {
      if (!countsConnections(name)) {
        expect(edge(CACHE_ID)).toBeUndefined();
        return;
      }
      expect(edge(CACHE_ID)).toMatchObject({ protocol: "tcp", mtls: true, latencyMs: null });
      expect(edge(CACHE_ID)?.requestsPerSecond).toBeCloseTo(2, 6);
    });

    it("has the workloads with their pods, whether or not their namespace is in an SMI mesh", () => {
      expect(node("front/deployment/front-door")).toMatchObject({ meshed: true, pods: { ready: 1, total: 1 } });
      expect(node("shop/service/web-v1")).toMatchObject({ meshed: true, related: ["shop/deployment/web-v1"] });
      const called = node("shop/deployment/web-v1");
      expect(called?.pods).toEqual({ ready: 1, total: 1 });
      expect(called?.inPerSecond).toBeCloseTo(14, 6);
      expect(called?.errorRatio).toBeCloseTo(1 / 14, 6);
    });

    it("says in every frame of time what the graph of that moment does", async () => {
      const telemetry = TELEMETRIES[name];
      const grid = frameGrid({ endSeconds: end / 1000, rangeSeconds: 20, stepSeconds: 5, windowSeconds: 30 });
      const sources = { metrics, telemetry, directory: directoryOf(objects), protocolOf: modelProtocols(model) };
      const { frames, queries } = await new FrameTracks(() => end).get(sources, grid, true);
      expect(queries.count).toBeLessThanOrEqual(6);
      const context = { model, objects, policy: telemetry.policy, windowSeconds: 30, queries, partial: [] };
      const set = decodeFrames(toTheEnd(encodeFrames(frames, context)));
      expect(set.count).toBe(5);
      const about = ({ edges }: Topology) =>
        edges.map(({ id, protocol, mtls, allowed, denied }) => ({ id, protocol, mtls, allowed, denied }));
      const figures = ({ edges }: Topology) =>
        edges.flatMap(({ requestsPerSecond, errorRatio, mtlsRatio, latencyMs }) => [
          requestsPerSecond,
          errorRatio,
          mtlsRatio,
          ...(latencyMs === null ? [] : [latencyMs.p50, latencyMs.p95, latencyMs.p99]),
        ]);
      for (let index = 0; index < set.count; index += 1) {
        const frame = topologyAt(set, index);
        expect(set.measured[index]).toBe(1);
        expect(about(frame)).toEqual(about(topology));
        const now = figures(topology);
        expect(figures(frame)).toHaveLength(now.length);
        for (const [place, figure] of figures(frame).entries()) {
          const expected = now[place] ?? null;
          if (figure === null || expected === null) expect(figure).toBe(expected);
          else expect(Math.abs(figure - expected)).toBeLessThanOrEqual(expected * 1e-3);
        }
      }
    });

    it.each([
      ["an edge", { kind: "edge", source: "front/deployment/front-door", target: "shop/service/web-v1" }, 10, 1, 50],
      ["a service", { kind: "service", service: "shop/web-v1" }, 14, 1, quantileMs(0.95, CALLS)],
      [
        "a workload that is called",
        { kind: "workload", workload: "shop/deployment/web-v1", direction: "in" },
        14,
        1,
        null,
      ],
      [
        "a workload that calls",
        { kind: "workload", workload: "front/deployment/front-door", direction: "out" },
        10,
        1,
        50,
      ],
    ] as const)("draws charts of %s", async (_what, subject, requests, errors, p95) => {
      const sources = { mesh, metrics, telemetry: TELEMETRIES[name], now: () => end };
      const chart = await chartOf({ ...subject, range: "1m", step: "5s" }, sources);
      const last = (line: string) => {
        const series = chart.series.filter((one) => one.name === line);
        expect(series.length, line).toBe(1);
        return series[0]?.points.findLast(([, value]) => value !== null)?.[1];
      };
      expect(last("requests")).toBeCloseTo(requests, 6);
      expect(last("errors")).toBeCloseTo(errors, 6);
      if (p95 !== null) expect(last("p95")).toBeCloseTo(p95, 4);
    });
  });
});
