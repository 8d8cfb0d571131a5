/**
 * `npm run bench:mesh`: how long a change takes from the write to the Kubernetes API until real Envoys act on it, in local
 * mode with the demo; what 1,000 services and 5,000 pods cost to translate and build; start time and memory.
 */
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import type { Proxy as ProxyState } from "@/lib/contract/admin";
import type { Pod } from "@/lib/kube/objects";
import { translate } from "@/lib/mesh/translate";
import { loadKube } from "@/server/kube/load";
import { MeshSnapshot } from "@/server/xds/snapshot/mesh-snapshot";
import { eventually, type LocalMode, processesNaming, startLocalMode } from "../support/local-mode";
import { generateMesh } from "./generate-mesh";
import { type Figure, quantile, report } from "./report";

const CHANGES = Number(process.env.MESHDECK_BENCH_CHANGES ?? 200);
const IDLE_MS = 150;
const SPLITS = { group: "split.smi-spec.io", version: "v1alpha2", plural: "trafficsplits" };
const NAME = { namespace: "bookstore", name: "bookstore" };
const VERSIONS = ["bookstore-v1", "bookstore-v2"] as const;

function pure(): Figure[] {
  const objects = generateMesh({ services: 1000, podsPerService: 5 });
  const options = { meshName: "osm", trustDomain: "cluster.local", policyMode: "smi" } as const;
  const translated: number[] = [];
  let model = translate(objects, options);
  for (let run = 0; run < 5; run += 1) {
    // A new object each time: the translator keeps what it made of the same one.
    const copy = structuredClone(objects);
    const from = performance.now();
    model = translate(copy, options);
    translated.push(performance.now() - from);
  }
  const snapshot = new MeshSnapshot();
  const buildFrom = performance.now();
  snapshot.update(model);
  const built = performance.now() - buildFrom;

  const [split, ...others] = objects.trafficSplits;
  const spec = split?.spec as { backends: { weight: number }[] };
  const changed: number[] = [];
  for (let run = 0; run < 20; run += 1) {
    const backends = spec.backends.map((backend, at) => ({ ...backend, weight: at === 0 ? 50 + run : 50 - run }));
    const next = { ...split, spec: { ...spec, backends } } as (typeof objects.trafficSplits)[number];
    const from = performance.now();
    snapshot.update(translate({ ...objects, trafficSplits: [next, ...others] }, options));
    changed.push(performance.now() - from);
  }
  return [
    { figure: "translate-1000-services", value: quantile(translated, 0.5), unit: "ms" },
    { figure: "build-1000-services", value: built, unit: "ms" },
    { figure: "translate-build-one-split-of-1000", value: quantile(changed, 0.5), unit: "ms" },
  ];
}

async function live(): Promise<Figure[]> {
  const begun = performance.now();
  const local = await startLocalMode();
  const ready = (performance.now() - begun) / 1000;
  try {
    const changes = await splitChanges(local);
    return [
      { figure: "start-to-ready", value: ready, unit: "s" },
      ...changes,
      { figure: "rss-controller", value: residentMegabytes(local, /dist\/controller\.js/), unit: "MB" },
      { figure: "rss-dashboard", value: residentMegabytes(local, /next-server/), unit: "MB" },
      { figure: "rss-sidecar", value: residentMegabytes(local, /envoy.*--service-cluster bookbuyer/), unit: "MB" },
    ];
  } finally {
    await local.stop("SIGTERM");
  }
}

async function splitChanges(local: LocalMode): Promise<Figure[]> {
  const client = loadKube({ kubeconfig: local.kubeconfig });
  const pods = await client.list({ group: "", version: "v1", plural: "pods" }, { namespace: "bookbuyer" });
  const loopback = (pods.items[0] as Pod | undefined)?.metadata.annotations?.["meshdeck.io/loopback"];
  if (!loopback) throw new Error("bookbuyer has no pod");
  const agent = new Agent({ keepAlive: true });
  const ask = () => answeringVersion(loopback, agent);
  const setAll = (version: string) =>
    client.patch(
      SPLITS,
      NAME,
      { spec: { backends: VERSIONS.map((service) => ({ service, weight: service === version ? 100 : 0 })) } },
      { type: "merge" },
    );
  await setAll(VERSIONS[0]);
  await eventually("only v1 answers", 30, async () => (await ask()) === VERSIONS[0] || null);

  const toFirst: number[] = [];
  const toAcked: number[] = [];
  for (let change = 0; change < CHANGES; change += 1) {
    const wanted = VERSIONS[(change + 1) % 2] ?? VERSIONS[0];
    // A change that follows another within 50 ms is gathered with what else comes: here each finds the mesh idle.
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const written = Date.now();
    const from = performance.now();
    const patched = setAll(wanted);
    while ((await ask()) !== wanted) if (performance.now() - from > 30_000) throw new Error(`no answer from ${wanted}`);
    toFirst.push(performance.now() - from);
    await patched;
    toAcked.push(await ackedAfter(local, written));
  }
  agent.destroy();
  return [
    { figure: "split-to-first-request-p50", value: quantile(toFirst, 0.5), unit: "ms" },
    { figure: "split-to-first-request-p99", value: quantile(toFirst, 0.99), unit: "ms" },
    { figure: "change-to-all-acked-p50", value: quantile(toAcked, 0.5), unit: "ms" },
    { figure: "change-to-all-acked-p99", value: quantile(toAcked, 0.99), unit: "ms" },
  ];
}

/** Which bookstore answers bookbuyer's sidecar now. */
function answeringVersion(loopback: string, agent: Agent): Promise<string> {
  const host = "bookstore.bookstore:14001";
  const headers = { host, "user-agent": "bench-http-client/1.0" };
  return new Promise((resolve, reject) => {
    const call = request(
      { host: loopback, port: 15001, path: `http://${host}/books-bought`, headers, agent },
      (response) => {
        response.resume();
        response.on("end", () => resolve(String(response.headers.identity ?? response.statusCode)));
      },
    );
    call.on("error", reject).end();
  });
}

/** Milliseconds from `written` until the last sidecar that got something had acknowledged it. */
async function ackedAfter(local: LocalMode, written: number): Promise<number> {
  return eventually("every sidecar acknowledged", 10, async () => {
    const { items } = await local.get<{ items: ProxyState[] }>("/api/proxies");
    const acks = items.flatMap((proxy) => proxy.types.map((type) => Date.parse(type.lastAckAt ?? "")));
    const since = acks.filter((at) => at >= written);
    const synced = items.every((proxy) => proxy.types.every((type) => type.synced));
    return synced && since.length > 0 ? Math.max(...since) - written : null;
  });
}

function residentMegabytes(local: LocalMode, pattern: RegExp): number {
  const found = processesNaming(local.dataFolder).find(({ command }) => pattern.test(command));
  if (!found) return Number.NaN;
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${found.pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1024;
}

const figures = [...pure(), ...(await live())];
report("mesh", `${CHANGES} split changes, local mode with the demo; 1,000 services and 5,000 pods`, figures);
