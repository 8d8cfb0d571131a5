/** A real Prometheus of a test's own. */
import { join } from "node:path";
import { startStore, type TestStore } from "./program";

export interface StoreOptions {
  readonly binary: string;
  readonly port: number;
  /** prometheus.yml. */
  readonly config: string;
  /** Written beside prometheus.yml. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Starts `binary` on loopback and waits until it is ready. */
export function startPrometheus({ binary, port, config, files }: StoreOptions): Promise<TestStore> {
  return startStore({
    name: "prometheus",
    binary,
    port,
    args: (folder) => [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--web.enable-remote-write-receiver",
      "--log.level=warn",
    ],
    readyPath: "/-/ready",
    files: { ...files, "prometheus.yml": config },
  });
}
