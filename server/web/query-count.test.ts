/** What a mesh costs its store, whatever the number of namespaces. */
import { describe, expect, it } from "vitest";
import { translate } from "@/lib/mesh/translate";
import { quantilesOf } from "@/lib/metrics/bucket-rates";
import { scannedAtOnce } from "@/lib/metrics/scan";
import { TELEMETRIES } from "@/lib/metrics/telemetry/detect";
import type { TelemetryName } from "@/lib/metrics/telemetry/telemetry";
import { frameGrid } from "@/lib/time/frame-grid";
import { directoryOf } from "@/lib/topology/directory";
import { modelProtocols } from "@/lib/topology/edges";
import { evaluate, evaluateRange } from "@/server/metrics/embedded/evaluate";
import { MetricStore } from "@/server/metrics/embedded/store";
import { type Call, dialectObjects, dialectSeries, type Place } from "@/test/support/dialects";
import type { RemoteSeries } from "@/test/support/remote-write";
import { askFigures } from "./ask-figures";
import { FrameTracks } from "./frame-tracks";

const END = 1_800_000_000_000;
const MOST_QUERIES = 6;

/** A workload in each namespace, that calls the next one's. */
function meshOf(namespaces: number): { readonly places: readonly Place[]; readonly calls: readonly Call[] } {
  const places = Array.from(
    { length: namespaces + 1 },
    (_, index): Place => ({ namespace: `team-${index}`, kind: "Deployment", name: `app-${index}` }),
  );
  const calls = places.slice(1).map((to, index): Call => {
    const from = places[index] ?? to;
    return { from, to, byCode: { "200": 5 }, buckets: { "10": 5, "+Inf": 5 }, secureOfTen: 10 };
  });
  return { places, calls };
}

function storeOf(series: readonly RemoteSeries[]): MetricStore {
  const store = new MetricStore();
  const moments = new Map<number, [string, number][]>();
  for (const { metric, labels, samples } of series) {
    const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
    for (const [at, value] of samples) {
      if (value === "stale") continue;
      const moment = moments.get(at) ?? [];
      moment.push([`${metric}{${pairs.join(",")}}`, value]);
      moments.set(at, moment);
    }
  }
  for (const [at, values] of moments) {
    const writer = store.scrape({ id: "all", labels: {} }, at);
    for (const [name, value] of values) writer.add(name, value);
    writer.commit();
  }
  return store;
}

function counting(store: MetricStore) {
  const asked = { instant: 0, range: 0 };
  const source = quantilesOf({
    instant: async (query, at) => {
      asked.instant += 1;
      return evaluate(store, query, at);
    },
    range: async (query, range) => {
      asked.range += 1;
      return evaluateRange(store, query, range);
    },
  });
  return { asked, metrics: scannedAtOnce(source) };
}

describe.each(Object.keys(TELEMETRIES) as TelemetryName[])("a mesh of %s", (name) => {
  it.each([1, 50, 300])("of %i namespaces costs at most six queries, live and over an hour", async (namespaces) => {
    const { places, calls } = meshOf(namespaces);
    const { asked, metrics } = counting(storeOf(dialectSeries(name, { calls, connections: [] }, END)));
    const objects = dialectObjects(name, places);
    const model = translate(objects, { meshName: "osm", trustDomain: "cluster.local", policyMode: "permissive" });
    const telemetry = TELEMETRIES[name];

    const sources = { metrics, telemetry: async () => telemetry, now: () => END };
    const figures = await askFigures(sources, { windowSeconds: 30, objects, at: END });
    const sourcesOfRows = new Set(figures.samples.requests.map(({ labels }) => labels.source_namespace));
    expect(sourcesOfRows.size).toBeGreaterThanOrEqual(namespaces);
    expect(asked).toEqual({ instant: figures.queries.count, range: 0 });
    expect(asked.instant).toBeLessThanOrEqual(MOST_QUERIES);

    const hour = { endSeconds: END / 1000, rangeSeconds: 3600, stepSeconds: 60, windowSeconds: 30 };
    const read = { metrics, telemetry, directory: directoryOf(objects), protocolOf: modelProtocols(model) };
    const { frames, queries } = await new FrameTracks(() => END).get(read, frameGrid(hour), true);
    expect(frames.edges.size).toBe(namespaces);
    expect(asked.range).toBe(queries.count);
    expect(asked.range).toBeLessThanOrEqual(MOST_QUERIES);
  });
});
