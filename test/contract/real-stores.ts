/** The real stores that the contract suites are run on. Thanos and Mimir are where a binary is named: see `npm run stores`. */
import { OPEN_ACCESS, type StoreAccess } from "@/server/metrics/access";
import { MIMIR_API_PATH, MIMIR_PUSH_PATH, startMimir, TENANT_HEADER } from "../support/mimir";
import type { TestStore } from "../support/program";
import { type StoreOptions, startPrometheus } from "../support/prometheus";
import { type RemoteSeries, remoteWrite } from "../support/remote-write";
import { startThanos } from "../support/thanos";
import { startVictoriaMetrics } from "../support/victoria-metrics";

/** A store that runs. */
export interface RunningStore extends TestStore {
  /** Resolves once the samples can be read. */
  write(series: readonly RemoteSeries[]): Promise<void>;
}

export interface RealStore {
  readonly name: string;
  /** null: not installed here. */
  readonly binary: string | null;
  /** Whether rates are computed as Prometheus computes them, to the last digit. */
  readonly exact: boolean;
  /** Whether it scrapes by itself. */
  readonly scrapes: boolean;
  /** What it must be asked with. */
  readonly access: StoreAccess;
  /** What it says of itself; see StoreAbout. */
  readonly says: { readonly application: string | null; readonly version: boolean; readonly retention: boolean };
  /** `port`: of Prometheus; the others take others, further on. */
  start(options: Omit<StoreOptions, "binary">): Promise<RunningStore>;
}

const prometheus = process.env.MESHDECK_PROMETHEUS;
const victoriaMetrics = process.env.MESHDECK_VICTORIA_METRICS;
const thanos = process.env.MESHDECK_THANOS;
const mimir = process.env.MESHDECK_MIMIR;

const TENANT = { [TENANT_HEADER]: "team-a" };

const PROMETHEUS: RealStore = {
  name: "Prometheus",
  binary: prometheus ?? null,
  exact: true,
  scrapes: true,
  access: OPEN_ACCESS,
  says: { application: null, version: true, retention: true },
  async start(options) {
    const store = await startPrometheus({ ...options, binary: prometheus ?? "" });
    return { ...store, write: (series) => remoteWrite(store.url, series) };
  },
};

const VICTORIA_METRICS: RealStore = {
  name: "VictoriaMetrics",
  binary: victoriaMetrics ?? null,
  exact: false,
  scrapes: true,
  access: OPEN_ACCESS,
  // 1.79 has the route, and nothing in it.
  says: { application: null, version: false, retention: false },
  async start(options) {
    const port = options.port + 50;
    const store = await startVictoriaMetrics({ ...options, binary: victoriaMetrics ?? "", port });
    const write = async (series: readonly RemoteSeries[]) => {
      await remoteWrite(store.url, series);
      // Written samples wait a moment in memory before questions see them.
      await fetch(`${store.url}/internal/force_flush`);
    };
    return { ...store, write };
  },
};

const THANOS: RealStore = {
  name: "Thanos",
  binary: thanos ?? null,
  // Single moments are; ranges are not after a counter began again, and why is not known.
  exact: false,
  scrapes: false,
  access: OPEN_ACCESS,
  says: { application: null, version: true, retention: false },
  async start(options) {
    const all = { ...options, binary: thanos ?? "", prometheus: prometheus ?? "", port: options.port + 100 };
    const store = await startThanos(all);
    return { ...store, write: (series) => remoteWrite(store.writeUrl, series) };
  },
};

const MIMIR: RealStore = {
  name: "Mimir",
  binary: mimir ?? null,
  exact: true,
  scrapes: false,
  access: { ...OPEN_ACCESS, headers: TENANT },
  says: { application: "Grafana Mimir", version: true, retention: false },
  async start(options) {
    const store = await startMimir({ binary: mimir ?? "", port: options.port + 600 });
    const write = (series: readonly RemoteSeries[]) =>
      remoteWrite(store.url, series, { path: MIMIR_PUSH_PATH, headers: TENANT });
    return { ...store, url: `${store.url}${MIMIR_API_PATH}`, write };
  },
};

export const REAL_STORES: readonly RealStore[] = [
  PROMETHEUS,
  VICTORIA_METRICS,
  ...(thanos ? [THANOS] : []),
  ...(mimir ? [MIMIR] : []),
];
