// The controller as a whole, with real Envoy, against the part of the Kubernetes API it uses.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  CertificatesSchema,
  ControllerChangesSchema,
  ControllerProblemsSchema,
  ControllerStatusSchema,
  ProxiesSchema,
} from "@/lib/contract/admin";
import { CallsSchema } from "@/lib/contract/calls";
import type { KubeObject } from "@/lib/kube/objects";
import { type Controller, startController } from "@/server/controller/controller";
import { readSettings } from "@/server/controller/settings";
import { sidecarContainer } from "@/server/inject/sidecar";
import type { KubeClient } from "@/server/kube/client";
import * as resources from "@/server/kube/resource";
import { createLogger } from "@/server/platform/log";
import { createXdsServer } from "@/server/xds/server";
import { FakeKubeApi } from "./controller-fake-api";

const envoy = process.env.MESHDECK_ENVOY;
const SPLITS = { group: "split.smi-spec.io", version: "v1alpha4", plural: "trafficsplits" };
const CONTROL = "osm-system";
const TOKEN = "a-token-for-the-test";

const folder = mkdtempSync(join(tmpdir(), "meshdeck-controller-"));
const api = new FakeKubeApi();
const sidecars: ChildProcess[] = [];
let kube: KubeClient;
let controller: Controller;
let ports = ["--ads-port", "0", "--webhook-port", "0", "--http-port", "0", "--admin-port", "0"];

const object = (apiVersion: string, kind: string, metadata: KubeObject["metadata"], rest: object = {}): KubeObject => ({
  apiVersion,
  kind,
  metadata,
  ...rest,
});

async function start(): Promise<Controller> {
  const flags = ["--bind-host", "127.0.0.1", "--advertised-host", "127.0.0.1", "--replica-name", "test"];
  const settings = readSettings([...flags, ...ports, "--admin-token-file", join(folder, "token")], {});
  if (!settings) throw new Error("no settings");
  const signal = new AbortController().signal;
  const log = createLogger("controller");
  log.level = process.env.MESHDECK_LOG_LEVEL ?? "silent";
  const started = await startController(settings, { client: api.client(), createXdsServer, log, signal });
  const { ads, webhook, http: plain, admin } = started.ports;
  ports = [
    "--ads-port",
    `${ads}`,
    "--webhook-port",
    `${webhook}`,
    "--http-port",
    `${plain}`,
    "--admin-port",
    `${admin}`,
  ];
  return started;
}

const rootPem = async () =>
  String(
    (
      (await kube.get(resources.CONFIG_MAPS, { namespace: CONTROL, name: "osm-ca-bundle" })).data as Record<
        string,
        string
      >
    )["ca.crt"],
  );

async function ask(
  port: number,
  path: string,
  options: { body?: unknown; token?: string } = {},
): Promise<{ status: number; body: unknown }> {
  const headers = options.token === undefined ? {} : { authorization: `Bearer ${options.token}` };
  const method = options.body === undefined ? "GET" : "POST";
  const request = https.request({ host: "127.0.0.1", port, path, method, headers, ca: await rootPem(), agent: false });
  request.end(options.body === undefined ? undefined : JSON.stringify(options.body));
  const response = await new Promise<http.IncomingMessage>((resolve, reject) =>
    request.on("response", resolve).on("error", reject),
  );
  return { status: response.statusCode ?? 0, body: JSON.parse(await text(response)) };
}

async function plain(
  path: string,
  host = "127.0.0.1",
  port = controller.ports.http,
): Promise<{ status: number; body: string }> {
  const response = await fetch(`http://${host}:${port}${path}`);
  return { status: response.status, body: await response.text() };
}

const admin = async (path: string) => (await ask(controller.ports.admin ?? 0, path, { token: TOKEN })).body;

/** Plays kubelet: the files of the bootstrap Secret, then Envoy with the injected container's arguments. */
async function runSidecar(name: string, address: string, loopback: string): Promise<void> {
  const container = sidecarContainer(
    { namespace: "shop", serviceAccount: name },
    { image: "envoy", logLevel: "error", resources: null },
  );
  const secret = await expect
    .poll(() => kube.find(resources.SECRETS, { namespace: "shop", name: `meshdeck-bootstrap-${name}` }))
    .not.toBeNull()
    .then(() => kube.get(resources.SECRETS, { namespace: "shop", name: `meshdeck-bootstrap-${name}` }));
  const into = join(folder, name);
  mkdirSync(into);
  for (const [file, data] of Object.entries(secret.data as Record<string, string>))
    writeFileSync(join(into, file), Buffer.from(data, "base64"));
  const status = { phase: "Running", podIP: address, conditions: [{ type: "Ready", status: "True" }] };
  const metadata = {
    namespace: "shop",
    name,
    labels: { app: name, "osm-proxy-uuid": `id-${name}` },
    annotations: { "meshdeck.io/loopback": loopback },
  };
  const spec = { serviceAccountName: name, containers: [{ name: "app", ports: [{ containerPort: 28_380 }] }] };
  await kube.create(resources.PODS, object("v1", "Pod", metadata, { spec, status }));
  const args = (container.args as string[]).map((arg) =>
    arg.replace("$(OSM_PROXY_UUID)", `id-${name}`).replace("$(MESHDECK_LOOPBACK)", loopback),
  );
  sidecars.push(
    spawn(envoy ?? "", args, {
      cwd: into,
      stdio: ["ignore", "ignore", process.env.MESHDECK_LOG_LEVEL ? "inherit" : "ignore"],
    }),
  );
}

describe.skipIf(!envoy)("controller", () => {
  beforeAll(async () => {
    writeFileSync(join(folder, "token"), `${TOKEN}\n`);
    await api.start();
    kube = api.client();
    await kube.create(resources.NAMESPACES, object("v1", "Namespace", { name: CONTROL }));
    const labels = { "openservicemesh.io/monitored-by": "osm" };
    const annotations = { "openservicemesh.io/sidecar-injection": "enabled" };
    await kube.create(resources.NAMESPACES, object("v1", "Namespace", { name: "shop", labels, annotations }));
    for (const name of ["web", "store"]) {
      await kube.create(resources.SERVICE_ACCOUNTS, object("v1", "ServiceAccount", { namespace: "shop", name }));
      const spec = { selector: { app: name }, ports: [{ port: 80, targetPort: 28_380 }] };
      await kube.create(resources.SERVICES, object("v1", "Service", { namespace: "shop", name }, { spec }));
    }
    controller = await start();
  });

  afterAll(async () => {
    for (const sidecar of sidecars) sidecar.kill("SIGKILL");
    await controller?.close();
    kube?.close();
    await api.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is ready, with its root, a bootstrap Secret per identity and a registered webhook", async () => {
    expect(await plain("/healthz")).toEqual({ status: 200, body: "ok\n" });
    expect(await plain("/readyz")).toEqual({ status: 200, body: "ok\n" });
    await expect
      .poll(() => kube.find(resources.SECRETS, { namespace: "shop", name: "meshdeck-bootstrap-store" }))
      .not.toBeNull();
    const registration = await kube.get(resources.MUTATING_WEBHOOKS, { name: "osm-webhook-osm" });
    const [webhook] = registration.webhooks as { clientConfig: { url: string; caBundle: string } }[];
    expect(webhook?.clientConfig.url).toBe(`https://127.0.0.1:${controller.ports.webhook}/mutate-pod-creation`);
    expect(Buffer.from(webhook?.clientConfig.caBundle ?? "", "base64").toString()).toBe(await rootPem());
  });

  it("injects by its webhook, over TLS that the registered bundle verifies", async () => {
    const pod = {
      metadata: { generateName: "web-" },
      spec: { serviceAccountName: "web", containers: [{ name: "app" }] },
    };
    const kind = { group: "", version: "v1", kind: "Pod" };
    const request = { uid: "u1", namespace: "shop", operation: "CREATE", kind, object: pod };
    const review = { apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", request };
    const answer = (await ask(controller.ports.webhook, "/mutate-pod-creation?timeout=10s", { body: review })).body as {
      response: { allowed: boolean; patch: string };
    };
    expect(answer.response.allowed).toBe(true);
    expect(Buffer.from(answer.response.patch, "base64").toString()).toContain("meshdeck-bootstrap-web");
    expect((await ask(controller.ports.webhook, "/mutate-pod-creation", { body: {} })).status).toBe(400);
  });

  it("configures real sidecars, and shows them in sync", async () => {
    await runSidecar("web", "127.63.0.1", "127.163.0.1");
    await runSidecar("store", "127.63.0.2", "127.163.0.2");
    for (const address of ["127.63.0.1", "127.63.0.2"]) {
      const ready = () =>
        plain("/ready", address, 15010).then(
          (answer) => answer.status,
          () => 0,
        );
      await expect.poll(ready, { timeout: 15_000 }).toBe(200);
    }
    const proxies = async () => ProxiesSchema.parse(await admin("/v1/proxies")).items;
    await expect
      .poll(async () =>
        (await proxies()).map((proxy) => [proxy.id, proxy.identity, proxy.types.every((type) => type.synced)]),
      )
      .toEqual([
        ["id-store", "shop/store", true],
        ["id-web", "shop/web", true],
      ]);
    expect((await plain("/metrics")).body).toContain('meshdeck_proxies{synced="true"} 2');
  });

  it("serves its admin API to whoever has the token, in the shapes of the contract", async () => {
    expect((await ask(controller.ports.admin ?? 0, "/v1/status")).status).toBe(401);
    expect((await ask(controller.ports.admin ?? 0, "/v1/status", { token: "guess" })).status).toBe(401);
    expect(ControllerStatusSchema.parse(await admin("/v1/status"))).toMatchObject({
      ready: true,
      leader: true,
      policyMode: "smi",
      staleSeconds: 0,
    });
    const certificates = CertificatesSchema.parse(await admin("/v1/certificates")).items;
    expect(certificates.map((certificate) => certificate.identity)).toEqual([
      "root",
      "shop/store",
      "shop/web",
      "controller",
    ]);
    expect(CallsSchema.parse(await admin("/v1/calls?limit=5")).items).toEqual([]);
    expect((await ask(controller.ports.admin ?? 0, "/v1/calls?limit=x", { token: TOKEN })).status).toBe(400);
    expect((await ask(controller.ports.admin ?? 0, "/v1/changes?since=noon", { token: TOKEN })).status).toBe(400);
    expect((await ask(controller.ports.admin ?? 0, "/v1/secrets", { token: TOKEN })).status).toBe(404);
  });

  it("answers a call that no policy allows with a 403, counts it by edge and tells of it", async () => {
    const call = () =>
      new Promise<number>((resolve, reject) => {
        const target = {
          host: "127.163.0.1",
          port: 15001,
          path: "http://store.shop/",
          headers: { host: "store.shop" },
          agent: false as const,
        };
        http.get(target, (response) => resolve(response.resume().statusCode ?? 0)).on("error", reject);
      });
    expect(await call()).toBe(403);
    const line = /^meshdeck_denied_requests_total\{(.*)\} (\d+)$/m;
    await expect.poll(async () => line.exec((await plain("/metrics")).body)?.[2], { timeout: 5000 }).toBe("1");
    const labels = line.exec((await plain("/metrics")).body)?.[1];
    expect(labels).toContain('source_namespace="shop",source_workload_kind="pod",source_workload_name="web"');
    expect(labels).toContain(
      'destination_namespace="shop",destination_service="store",reason="no-target",side="client"',
    );
    expect(CallsSchema.parse(await admin("/v1/calls")).items[0]).toMatchObject({
      denied: true,
      destinationService: "shop/store",
      status: 403,
    });
  });

  it("tells a broken object's problem as an Event within 5 s, and that it was mended", async () => {
    const backends = [{ service: "store", weight: 0 }];
    const metadata = { namespace: "shop", name: "broken" };
    const spec = { service: "web", backends };
    await kube.create(SPLITS, object("split.smi-spec.io/v1alpha4", "TrafficSplit", metadata, { spec }));
    const seen = async () => ControllerChangesSchema.parse(await admin("/v1/changes?limit=10")).items;
    await expect
      .poll(seen, { timeout: 5_000 })
      .toMatchObject([{ kind: "TrafficSplit", name: "broken", verb: "created", summary: "splits web: store 0" }]);
    const events = async () => (await kube.list(resources.EVENTS, { namespace: "shop" })).items;
    await expect
      .poll(async () => (await events()).map((event) => event.reason), { timeout: 5000 })
      .toContain("SplitWeightsZero");
    expect(ControllerProblemsSchema.parse(await admin("/v1/problems")).items.map((problem) => problem.code)).toContain(
      "SplitWeightsZero",
    );
    expect((await plain("/metrics")).body).toContain('meshdeck_problems{code="SplitWeightsZero"} 1');
    const mended = { spec: { backends: [{ service: "store", weight: 1 }] } };
    await kube.patch(SPLITS, metadata, mended, { type: "merge" });
    await expect
      .poll(async () => (await events()).map((event) => event.reason), { timeout: 5000 })
      .toContain("ProblemResolved");
  });

  it("keeps its root over a restart; sidecars come back and get what changed meanwhile", async () => {
    const before = CertificatesSchema.parse(await admin("/v1/certificates")).items[0]?.serial;
    await controller.close();
    expect(await plain("/ready", "127.63.0.1", 15010)).toMatchObject({ status: 200 });
    const spec = { selector: { app: "store" }, ports: [{ port: 81, targetPort: 28_380 }] };
    await kube.create(resources.SERVICES, object("v1", "Service", { namespace: "shop", name: "late" }, { spec }));
    controller = await start();
    expect(CertificatesSchema.parse(await admin("/v1/certificates")).items[0]?.serial).toBe(before);
    const synced = async () =>
      ProxiesSchema.parse(await admin("/v1/proxies")).items.filter(
        (proxy) => proxy.types.length > 0 && proxy.types.every((type) => type.synced),
      );
    await expect.poll(async () => (await synced()).length, { timeout: 10_000 }).toBe(2);
    expect(ControllerStatusSchema.parse(await admin("/v1/status")).leader).toBe(true);
  });

  it("goes on while the Kubernetes API is away, says how long, and takes up again", async () => {
    await api.stop();
    await expect
      .poll(statusByFile, { timeout: 10_000 })
      .toSatisfy((status) => (status as { staleSeconds: number }).staleSeconds > 0);
    expect((await plain("/readyz")).status).toBe(200);
    await api.start();
    await kube.create(resources.SERVICE_ACCOUNTS, object("v1", "ServiceAccount", { namespace: "shop", name: "new" }));
    await expect
      .poll(() => kube.find(resources.SECRETS, { namespace: "shop", name: "meshdeck-bootstrap-new" }), {
        timeout: 20_000,
      })
      .not.toBeNull();
    await expect.poll(statusByFile, { timeout: 10_000 }).toMatchObject({ staleSeconds: 0 });
  });

  /** The root is read from the API, which is away here. */
  async function statusByFile(): Promise<unknown> {
    const options = {
      host: "127.0.0.1",
      port: controller.ports.admin ?? 0,
      path: "/v1/status",
      rejectUnauthorized: false,
      agent: false as const,
    };
    const request = https.request({ ...options, headers: { authorization: `Bearer ${TOKEN}` } });
    request.end();
    const response = await new Promise<http.IncomingMessage>((resolve, reject) =>
      request.on("response", resolve).on("error", reject),
    );
    return JSON.parse(await text(response));
  }
});
