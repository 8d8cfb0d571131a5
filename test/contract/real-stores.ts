/** The real stores that the contract suites are run on. */
import type { TestStore } from "../support/program";
import { type StoreOptions, startPrometheus } from "../support/prometheus";
import { type RemoteSeries, remoteWrite } from "../support/remote-write";
import { startVictoriaMetrics } from "../support/victoria-metrics";

export interface RealStore {
  readonly name: string;
  /** null: not installed here. */
  readonly binary: string | null;
  /** Whether rates are computed as Prometheus computes them, to the last digit. */
  readonly exact: boolean;
  /** `port`: of Prometheus; the others take one further on. */
  start(options: Omit<StoreOptions, "binary">): Promise<TestStore>;
  /** Resolves once the samples can be read. */
  write(store: TestStore, series: readonly RemoteSeries[]): Promise<void>;
}

const prometheus = process.env.MESHDECK_PROMETHEUS;
const victoriaMetrics = process.env.MESHDECK_VICTORIA_METRICS;

export const REAL_STORES: readonly RealStore[] = [
  {
    name: "Prometheus",
    binary: prometheus ?? null,
    exact: true,
    start: (options) => startPrometheus({ ...options, binary: prometheus ?? "" }),
    write: ({ url }, series) => remoteWrite(url, series),
  },
  {
    name: "VictoriaMetrics",
    binary: victoriaMetrics ?? null,
    exact: false,
    start: (options) => startVictoriaMetrics({ ...options, binary: victoriaMetrics ?? "", port: options.port + 50 }),
    async write({ url }, series) {
      await remoteWrite(url, series);
      // Written samples wait a moment in memory before questions see them.
      await fetch(`${url}/internal/force_flush`);
    },
  },
];
