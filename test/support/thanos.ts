/** A real Thanos of a test's own: a Prometheus, the sidecar that reads it, and the querier that is asked. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parse, stringify } from "yaml";
import { startStore, type TestStore } from "./program";
import { type StoreOptions, startPrometheus } from "./prometheus";

export interface ThanosOptions extends StoreOptions {
  /** Binary of the Prometheus behind it. */
  readonly prometheus: string;
}

/** A store that is written to elsewhere than it is asked. */
export interface WrittenElsewhere extends TestStore {
  /** The base: the path of remote write is put behind it. */
  readonly writeUrl: string;
}

/** Takes ports of 100 apart, beginning with `port`. Resolves once the querier knows the sidecar. */
export async function startThanos({
  binary,
  prometheus,
  port,
  config,
  files,
}: ThanosOptions): Promise<WrittenElsewhere> {
  const behind = await startPrometheus({ binary: prometheus, port, config: labelled(config), files: files ?? {} });
  const started: TestStore[] = [behind];
  const close = async () => {
    for (const one of started.toReversed()) await one.close();
  };
  const part = async (name: string, { http, grpc, args }: { http: number; grpc: number; args: string[] }) => {
    const listen = [`--http-address=127.0.0.1:${http}`, `--grpc-address=127.0.0.1:${grpc}`, "--log.level=warn"];
    const one = await startStore({
      name: `thanos-${name}`,
      binary,
      port: http,
      args: () => [name, ...listen, ...args],
      readyPath: "/-/ready",
      files: {},
    });
    started.push(one);
    return one;
  };
  try {
    const data = join(behind.folder, "data");
    const sidecar = { http: port + 100, grpc: port + 200 };
    await part("sidecar", { ...sidecar, args: [`--prometheus.url=${behind.url}`, `--tsdb.path=${data}`] });
    const query = { http: port + 300, grpc: port + 400 };
    const args = [`--endpoint=127.0.0.1:${sidecar.grpc}`];
    const { url, folder } = await part("query", { ...query, args });
    await untilKnown(url);
    return { url, folder, writeUrl: behind.url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Sidecars want their Prometheus to have a name, by which those that scrape the same are told apart. */
function labelled(config: string): string {
  const read = parse(config) as { readonly global?: object };
  return stringify({ ...read, global: { ...read.global, external_labels: { replica: "a" } } });
}

async function untilKnown(url: string): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    const { data } = (await (await fetch(`${url}/api/v1/stores`)).json()) as { data?: { sidecar?: unknown[] } };
    if (data?.sidecar?.length) return;
    await sleep(100);
  }
  throw new Error("the querier of Thanos does not know its sidecar");
}
