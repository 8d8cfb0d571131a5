import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Pod } from "@/lib/kube/objects";
import { createFakeCluster } from "../../../test/support/fake-cluster";
import { createFakeProcesses, until } from "../../../test/support/fake-processes";
import { type ClusterStore, PODS, SECRETS } from "../cluster";
import { type Runner, startRunner } from "./runner";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const pod = (name: string) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, namespace: "n", uid: `uid-${name}`, annotations: { "meshdeck.io/loopback": "127.0.0.1" } },
  spec: {
    initContainers: [
      {
        name: "envoy",
        image: "envoyproxy/envoy:v1.40.0",
        restartPolicy: "Always",
        workingDir: "/etc/bootstrap",
        args: ["--config-path", "bootstrap.json", "--id", "$(LOOPBACK)"],
        env: [
          { name: "LOOPBACK", valueFrom: { fieldRef: { fieldPath: "metadata.annotations['meshdeck.io/loopback']" } } },
        ],
        volumeMounts: [{ name: "bootstrap", mountPath: "/etc/bootstrap" }],
      },
    ],
    containers: [{ name: "app", image: "meshdeck/demo-apps:1", args: ["bookstore"] }],
    volumes: [{ name: "bootstrap", secret: { secretName: "boot" } }],
  },
});
const secret = (text: string) => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "boot", namespace: "n" },
  data: { "bootstrap.json": base64(text) },
});

describe("the runner", () => {
  let folder = "";
  let store: ClusterStore;
  let fake = createFakeProcesses();
  let runner: Runner;
  const start = async () => {
    runner = await startRunner({
      store,
      record: () => {},
      log: { warn: () => {} },
      start: fake.start,
      programs: { envoy: "/envoy", demoApp: "/app.js", node: "/node", envoyImage: "envoyproxy/envoy:v1.40.0" },
      network: 42,
      podsFolder: join(folder, "pods"),
      logsFolder: join(folder, "logs"),
      environment: { PATH: "/bin" },
      drainMs: 100,
      onPod: () => {},
    });
  };
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "meshdeck-runner-"));
    store = createFakeCluster();
    fake = createFakeProcesses();
    await start();
  });
  afterEach(async () => {
    await runner.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const get = async (name: string) => (await store.get(PODS, { namespace: "n", name })) as Pod;
  const isReady = async (name: string) =>
    (await get(name)).status?.conditions?.some((one) => one.type === "Ready" && one.status === "True") ?? false;

  it("waits for the Secret, then starts the sidecar before the application, each told its addresses", async () => {
    await store.create(PODS, pod("a"));
    await until(async () => (await get("a")).status?.podIP !== undefined);
    expect(fake.all).toEqual([]);
    await store.create(SECRETS, secret("{}"));
    await until(() => isReady("a"));
    const [envoy, app] = fake.all.map((one) => one.spec);
    expect(envoy).toMatchObject({
      command: "/envoy",
      args: ["--config-path", "bootstrap.json", "--id", "127.142.1.1"],
      cwd: join(folder, "pods", "uid-a", "volumes", "bootstrap"),
    });
    expect(app).toMatchObject({ command: "/node", env: { PATH: "/bin", MESHDECK_BIND_HOST: "127.42.1.1" } });
    expect((await get("a")).spec?.nodeName).toBe("local");
  });

  it("shows a changed Secret to running containers", async () => {
    await store.create(SECRETS, secret("old"));
    await store.create(PODS, pod("a"));
    await until(() => isReady("a"));
    await store.merge(SECRETS, { namespace: "n", name: "boot" }, secret("new"));
    const file = join(folder, "pods", "uid-a", "volumes", "bootstrap", "bootstrap.json");
    await until(() => readFileSync(file, "utf8") === "new");
    expect(fake.all).toHaveLength(2);
  });

  it("starts a sidecar again that has not come up with what its Secret said before", async () => {
    await store.create(SECRETS, secret("wrong"));
    const waiting = pod("a");
    const startupProbe = { tcpSocket: { host: "127.0.0.1", port: 1 }, failureThreshold: 100, periodSeconds: 1 };
    const [envoy] = waiting.spec.initContainers;
    await store.create(PODS, { ...waiting, spec: { ...waiting.spec, initContainers: [{ ...envoy, startupProbe }] } });
    await until(() => fake.all.length === 1);
    await store.merge(SECRETS, { namespace: "n", name: "boot" }, secret("right"));
    await until(() => fake.all.length === 2);
    expect(fake.all[0]?.running()).toBe(false);
  });

  it("ends a deleted pod: the application first, and then nothing is left of it", async () => {
    await store.create(SECRETS, secret("{}"));
    await store.create(PODS, pod("a"));
    await until(() => isReady("a"));
    await store.delete(PODS, { namespace: "n", name: "a" });
    const [envoy, app] = fake.all;
    await new Promise((resolve) => setTimeout(resolve, 50));
    // Calls that are under way end first.
    expect([app?.running(), envoy?.running()]).toEqual([true, true]);
    await until(async () => (await store.list(PODS)).length === 0);
    expect([app?.stopGraceSeconds, envoy?.stopGraceSeconds]).toEqual([5, 2]);
  });

  it("starts pods of an earlier start again at their addresses, and counts it as a restart", async () => {
    await store.create(SECRETS, secret("{}"));
    for (const name of ["a", "b"]) await store.create(PODS, pod(name));
    await until(async () => (await isReady("a")) && (await isReady("b")));
    const before = await Promise.all(["a", "b"].map(async (name) => (await get(name)).status?.podIP));
    await runner.stop();
    expect(fake.all.every((one) => !one.running())).toBe(true);
    await start();
    await until(() => fake.all.length === 8);
    await until(async () => (await get("b")).status?.containerStatuses?.[0]?.restartCount === 1);
    expect(await Promise.all(["a", "b"].map(async (name) => (await get(name)).status?.podIP))).toEqual(before);
  });
});
