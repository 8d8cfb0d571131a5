/** A real Prometheus that has scraped a generated mesh. */
import type { MeshObjects } from "@/lib/mesh/input";
import { freePort } from "../support/local-mode";
import { startPrometheus } from "../support/prometheus";
import { remoteWrite } from "../support/remote-write";
import { edgesOf, ScrapedTraffic, type Scrapes } from "./mesh-traffic";

export interface Store {
  readonly url: string;
  close(): Promise<void>;
}

const SAMPLES_PER_WRITE = 100_000;
/** About as many series as an edge has. */
const SERIES_PER_EDGE = 36;

/** Edge after edge is written with all its samples: the first ones of the next are older than what is there. */
const CONFIG = "global:\n  scrape_interval: 5s\nstorage:\n  tsdb:\n    out_of_order_time_window: 2h\n";

/** null where there is no Prometheus. */
export async function loadedStore(objects: MeshObjects, scrapes: Scrapes): Promise<Store | null> {
  const binary = process.env.MESHDECK_PROMETHEUS;
  if (!binary) return null;
  const store = await startPrometheus({ binary, port: await freePort(), config: CONFIG });
  const edges = edgesOf(objects);
  const traffic = new ScrapedTraffic(scrapes);
  const edgesPerWrite = Math.ceil(SAMPLES_PER_WRITE / SERIES_PER_EDGE / scrapes.times.length);
  for (let from = 0; from < edges.length; from += edgesPerWrite) {
    await remoteWrite(store.url, traffic.of(edges.slice(from, from + edgesPerWrite), from));
  }
  return store;
}
