/** A real VictoriaMetrics of a test's own. */
import { join } from "node:path";
import { startStore, type TestStore } from "./program";
import type { StoreOptions } from "./prometheus";

/** Starts `binary` on loopback and waits until it is ready. It reads Prometheus's configuration. */
export function startVictoriaMetrics({ binary, port, config, files }: StoreOptions): Promise<TestStore> {
  return startStore({
    name: "victoria-metrics",
    binary,
    port,
    args: (folder) => [
      `-promscrape.config=${join(folder, "prometheus.yml")}`,
      // Prometheus's settings that it does not have.
      "-promscrape.config.strictParse=false",
      // This version cannot be asked for the newest half minute of a range: it has to be told at its start.
      "-search.latencyOffset=1s",
      `-storageDataPath=${join(folder, "data")}`,
      `-httpListenAddr=127.0.0.1:${port}`,
      "-memory.allowedPercent=5",
      "-loggerLevel=WARN",
    ],
    readyPath: "/health",
    files: { ...files, "prometheus.yml": config },
  });
}
