// The controller as a process against the embedded Kubernetes API: flags, ready, injection at pod creation, signals.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { KubeObject, Pod } from "@/lib/kube/objects";
import type { KubeClient } from "@/server/kube/client";
import { loadKube } from "@/server/kube/load";
import * as resources from "@/server/kube/resource";
import { createKubeApi, type KubeApi } from "@/server/local/api/server";

const CONTROL = "osm-system";
const TARGETS = { group: "access.smi-spec.io", version: "v1alpha3", plural: "traffictargets" };
const root = new URL("../..", import.meta.url).pathname;
// Inside the tree, because packages are left out of the bundle and found from where it lies.
mkdirSync(join(root, ".cache"), { recursive: true });
const folder = mkdtempSync(join(root, ".cache", "controller-"));
const data = mkdtempSync(join(tmpdir(), "meshdeck-api-"));
const bundle = join(folder, "controller.mjs");
const quiet = { info: () => undefined, warn: () => undefined };
const flags = ["--bind-host", "127.0.0.1", "--advertised-host", "127.0.0.1"];

let api: KubeApi;
let kube: KubeClient;
let running: ChildProcess | null = null;

function run(args: string[]): { child: ChildProcess; output: () => string; exit: Promise<number | null> } {
  const child = spawn(process.execPath, [bundle, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const exit = new Promise<number | null>((resolve) => child.on("exit", resolve));
  return { child, output: () => output, exit };
}

async function ready(args: string[]): Promise<ReturnType<typeof run> & { ports: Record<string, number> }> {
  const started = run([...flags, "--kubeconfig", join(folder, "kubeconfig"), ...args]);
  running = started.child;
  await expect.poll(() => started.output(), { timeout: 20_000 }).toContain('"event":"ready"');
  const line =
    started
      .output()
      .split("\n")
      .find((text) => text.includes('"event":"ready"')) ?? "{}";
  return { ...started, ports: JSON.parse(line).ports };
}

const zero = ["--ads-port", "0", "--webhook-port", "0", "--http-port", "0"];
const object = (kind: string, metadata: KubeObject["metadata"], rest: object = {}): KubeObject => ({
  apiVersion: "v1",
  kind,
  metadata,
  ...rest,
});

beforeAll(async () => {
  await build({
    entryPoints: [join(root, "server/controller/main.ts")],
    outfile: bundle,
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    format: "esm",
    tsconfig: join(root, "tsconfig.json"),
    logLevel: "error",
  });
  const options = { host: "127.0.0.1", port: 0, dataFolder: data, token: "t", crdFolder: join(root, "deploy/crds") };
  api = await createKubeApi({ ...options, log: quiet, podLogs: async () => null });
  writeFileSync(join(folder, "kubeconfig"), api.kubeconfig());
  kube = loadKube({ kubeconfig: join(folder, "kubeconfig") });
  await kube.create(resources.NAMESPACES, object("Namespace", { name: CONTROL }));
  const labels = { "openservicemesh.io/monitored-by": "osm" };
  const annotations = { "openservicemesh.io/sidecar-injection": "enabled" };
  await kube.create(resources.NAMESPACES, object("Namespace", { name: "shop", labels, annotations }));
});

afterAll(async () => {
  running?.kill("SIGKILL");
  kube?.close();
  await api?.close();
  rmSync(folder, { recursive: true, force: true });
  rmSync(data, { recursive: true, force: true });
});

describe("flags", () => {
  it("prints them with --help", async () => {
    const { exit, output } = run(["--help"]);
    expect(await exit).toBe(0);
    expect(output()).toContain("--advertised-host");
  });

  it.each([
    [["--ads-port", "many"], '--ads-port (MESHDECK_ADS_PORT) is "many": use a number.'],
    [["--kubeconfig", "/nowhere/at-all"], "The kubeconfig /nowhere/at-all cannot be used"],
    [["--admin-token-file", "/nowhere/token"], "The admin API's token file /nowhere/token cannot be used: ENOENT."],
  ])("%j stops the start with a sentence", async (args, sentence) => {
    const given = args[0] === "--kubeconfig" ? args : ["--kubeconfig", join(folder, "kubeconfig"), ...args];
    const { exit, output } = run([...flags, ...given]);
    expect(await exit).toBe(1);
    expect(output()).toContain(sentence);
    expect(output()).not.toContain("    at ");
  });

  it("names a port that is in use", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const { exit, output } = run([
      ...flags,
      "--kubeconfig",
      join(folder, "kubeconfig"),
      ...zero,
      "--http-port",
      `${port}`,
    ]);
    expect(await exit).toBe(1);
    expect(output()).toContain(`The HTTP server cannot listen on 127.0.0.1:${port}: the port is in use.`);
    other.close();
  });
});

describe("in a cluster", () => {
  it("injects pods as they are created, by the API server's own admission", async () => {
    await ready(zero);
    const spec = { containers: [{ name: "app", image: "app", ports: [{ containerPort: 80 }] }] };
    const pod = (await kube.create(resources.PODS, object("Pod", { namespace: "shop", name: "web" }, { spec }))) as Pod;
    expect(pod.spec?.initContainers?.[0]).toMatchObject({ name: "envoy", restartPolicy: "Always" });
    expect(pod.metadata.labels?.["osm-proxy-uuid"]).toMatch(/^[0-9a-f-]{36}$/);
    await expect
      .poll(() => kube.find(resources.SECRETS, { namespace: "shop", name: "meshdeck-bootstrap-default" }))
      .not.toBeNull();
    const taken = { containers: [{ name: "envoy", image: "mine" }] };
    await expect(
      kube.create(resources.PODS, object("Pod", { namespace: "shop", name: "x" }, { spec: taken })),
    ).rejects.toThrow("rename it");
    const other = (await kube.create(
      resources.PODS,
      object("Pod", { namespace: "default", name: "web" }, { spec }),
    )) as Pod;
    expect(other.spec?.initContainers ?? []).toEqual([]);
  });

  it("tells a broken TrafficTarget as an Event that kubectl describe finds by the object's uid", async () => {
    const rules = [{ kind: "HTTPRouteGroup", name: "missing", matches: ["all"] }];
    const who = { kind: "ServiceAccount", name: "default", namespace: "shop" };
    const metadata = { namespace: "shop", name: "broken" };
    const target = {
      apiVersion: "access.smi-spec.io/v1alpha3",
      kind: "TrafficTarget",
      metadata,
      spec: { destination: who, sources: [who], rules },
    };
    const { uid } = (await kube.create(TARGETS, target)).metadata;
    const found = async () =>
      (await kube.list(resources.EVENTS, { namespace: "shop", fieldSelector: `involvedObject.uid=${uid}` })).items;
    await expect
      .poll(async () => (await found()).map((event) => [event.type, event.reason]), { timeout: 5000 })
      .toEqual([["Warning", "TargetRouteMissing"]]);
    await kube.delete(TARGETS, metadata);
  });

  it("ends on SIGTERM within seconds and gives its lease back", async () => {
    const started = Date.now();
    const exit = new Promise((resolve) => running?.on("exit", resolve));
    running?.kill("SIGTERM");
    expect(await exit).toBe(0);
    expect(Date.now() - started).toBeLessThan(3000);
    const lease = await kube.get(resources.LEASES, { namespace: CONTROL, name: "meshdeck-controller-osm" });
    expect((lease.spec as { holderIdentity?: string }).holderIdentity ?? "").toBe("");
  });

  it("keeps pods from being created without their sidecar while it is away, and leads at once after SIGKILL", async () => {
    const spec = { containers: [{ name: "app", image: "app" }] };
    await expect(
      kube.create(resources.PODS, object("Pod", { namespace: "shop", name: "late" }, { spec })),
    ).rejects.toThrow();
    const first = await ready(zero);
    first.child.kill("SIGKILL");
    await first.exit;
    const { ads = 0, webhook = 0, http = 0 } = first.ports;
    const again = await ready(["--ads-port", `${ads}`, "--webhook-port", `${webhook}`, "--http-port", `${http}`]);
    expect(again.ports).toEqual(first.ports);
    await kube.create(resources.SERVICE_ACCOUNTS, object("ServiceAccount", { namespace: "shop", name: "fresh" }));
    await expect
      .poll(() => kube.find(resources.SECRETS, { namespace: "shop", name: "meshdeck-bootstrap-fresh" }), {
        timeout: 4000,
      })
      .not.toBeNull();
    await kube.create(resources.PODS, object("Pod", { namespace: "shop", name: "late" }, { spec }));
  });
});
