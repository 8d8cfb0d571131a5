/** Local mode as a whole with real Envoys: pods as processes, and what happens when any of it is taken away. */
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Pod } from "@/lib/kube/objects";
import { DEPLOYMENTS, EVENTS, PODS } from "@/server/kube/resource";
import { countsOf, failuresBetween, isRunning, type LocalCluster, startCluster } from "../support/local-cluster";
import { eventually, processesNaming } from "../support/local-mode";

const SPLITS = { group: "split.smi-spec.io", version: "v1alpha2", plural: "trafficsplits" };
const WORKLOADS = ["bookbuyer", "bookthief", "bookstore", "bookwarehouse"];

describe.skipIf(!process.env.MESHDECK_ENVOY)("local mode", () => {
  const dataFolder = mkdtempSync(join(tmpdir(), "meshdeck-local-"));
  let cluster: LocalCluster;
  beforeAll(async () => {
    cluster = await startCluster(dataFolder);
  });
  afterAll(async () => {
    await cluster?.stop("SIGTERM");
    rmSync(dataFolder, { recursive: true, force: true });
  });

  const allRunning = () =>
    eventually("all pods ready", 30, async () => {
      const pods = (await Promise.all(WORKLOADS.map((namespace) => cluster.pods(namespace)))).flat();
      return pods.length >= 6 && pods.every(isRunning) ? pods : null;
    });
  const readyPods = (namespace: string, count: number) =>
    eventually(`${count} ready pods in ${namespace}`, 30, async () => {
      const pods = await cluster.pods(namespace);
      return pods.length === count && pods.every(isRunning) ? pods : null;
    });
  const scale = (name: string, replicas: number) =>
    cluster.client.patch(DEPLOYMENTS, { namespace: "bookstore", name }, { spec: { replicas } }, { type: "merge" });
  const version = (pods: readonly Pod[], name: string) => pods.filter((pod) => pod.metadata.labels?.version === name);
  /** Of the container's process, from the pod's own environment. */
  const processOf = (pod: Pod, program: string) => {
    const found = processesNaming(pod.metadata.name).find(({ command }) => command.includes(program));
    if (!found) throw new Error(`no ${program} of ${pod.metadata.name}`);
    return found.pid;
  };
  const settled = async (shopper: "bookbuyer" | "bookthief", status: string) => {
    const first = await countsOf(cluster, shopper);
    return eventually(`${shopper} gets ${status}`, 20, async () => {
      const now = await countsOf(cluster, shopper);
      return (now.byStatus[status] ?? 0) > (first.byStatus[status] ?? 0) + 20 ? now : null;
    });
  };

  it("prints where everything is", () => {
    expect(cluster.ready).toMatchObject({
      event: "ready",
      kubeconfig: join(dataFolder, "kubeconfig"),
      prometheus: expect.stringMatching(/^http:\/\/127\.\d+\.0\.1:\d+$/),
    });
  });

  it("runs the demo with a sidecar and an address of its own for every pod; the thief is refused", async () => {
    const pods = await allRunning();
    expect(new Set(pods.map((pod) => pod.status?.podIP)).size).toBe(6);
    for (const pod of pods) expect(pod.spec?.initContainers?.map((one) => one.name)).toEqual(["envoy"]);
    const buyer = await settled("bookbuyer", "200");
    expect(Object.keys(buyer.byIdentity).sort()).toEqual(["bookstore-v1", "bookstore-v2"]);
    const thief = await settled("bookthief", "403");
    expect(Object.keys(thief.byStatus)).toEqual(["403"]);
  });

  it("lets nobody in who goes past the sidecars", async () => {
    const [pod] = version(await cluster.pods("bookstore"), "v1");
    const host = pod?.status?.podIP ?? "";
    const plain = await fetch(`http://${host}:14001/books-bought`).then(
      (response) => response.status,
      () => "refused",
    );
    expect(plain).toBe("refused");
    const answered = await new Promise<boolean>((resolve) => {
      const socket = connectTls({ host, port: 14001, rejectUnauthorized: false, ALPNProtocols: ["http/1.1"] }, () =>
        socket.write("GET /books-bought HTTP/1.1\r\nhost: bookstore\r\n\r\n"),
      );
      socket.on("data", () => resolve(true));
      for (const over of ["error", "close"] as const) socket.on(over, () => resolve(false));
    });
    expect(answered).toBe(false);
  });

  it("loses no call while a deployment is scaled, rolled over, or its only pod is deleted", async () => {
    const before = await settled("bookbuyer", "200");
    await scale("bookstore-v1", 3);
    await readyPods("bookstore", 4);
    await scale("bookstore-v1", 1);
    await readyPods("bookstore", 2);
    const [only] = version(await cluster.pods("bookstore"), "v1");
    await cluster.client.delete(PODS, { namespace: "bookstore", name: only?.metadata.name ?? "" });
    const replaced = await eventually("another pod", 20, async () => {
      const pods = version(await cluster.pods("bookstore"), "v1");
      return pods.length === 1 && pods[0]?.metadata.uid !== only?.metadata.uid && pods.every(isRunning) ? pods : null;
    });
    const template = { metadata: { annotations: { "kubectl.kubernetes.io/restartedAt": "now" } } };
    const name = { namespace: "bookstore", name: "bookstore-v1" };
    await cluster.client.patch(DEPLOYMENTS, name, { spec: { template } }, { type: "merge" });
    await eventually("the rollout", 20, async () => {
      const pods = version(await cluster.pods("bookstore"), "v1");
      return pods.length === 1 && pods[0]?.metadata.uid !== replaced[0]?.metadata.uid ? pods : null;
    });
    expect(failuresBetween(before, await settled("bookbuyer", "200"))).toBe(0);
    const { status } = await cluster.client.get(DEPLOYMENTS, name);
    expect(status).toMatchObject({ replicas: 1, updatedReplicas: 1, availableReplicas: 1 });
  });

  it("starts a killed Envoy and a killed application again, counts it, and says so", async () => {
    const [pod] = await cluster.pods("bookbuyer");
    if (!pod) throw new Error("no bookbuyer");
    process.kill(processOf(pod, "--service-node"), "SIGKILL");
    process.kill(processOf(pod, "demo-app.js"), "SIGKILL");
    const again = await eventually("both again", 20, async () => {
      const [now] = await cluster.pods("bookbuyer");
      const counts = [...(now?.status?.initContainerStatuses ?? []), ...(now?.status?.containerStatuses ?? [])];
      return now && isRunning(now) && counts.every((one) => one.restartCount === 1) ? now : null;
    });
    expect(again.status?.containerStatuses?.[0]).toMatchObject({ lastState: { terminated: { exitCode: 137 } } });
    const events = await cluster.client.list(EVENTS, { namespace: "bookbuyer" });
    expect(events.items.map((event) => event.reason)).toContain("BackOff");
    expect(cluster.parts().find((part) => part.name.startsWith("envoy bookbuyer/"))).toMatchObject({ restarts: 1 });
    await settled("bookbuyer", "200");
  });

  it("keeps the traffic when the controller is killed, and applies what changed meanwhile", async () => {
    const before = await settled("bookbuyer", "200");
    const found = processesNaming(dataFolder).find(({ command }) => command.includes("dist/controller.js"));
    process.kill(found?.pid ?? 0, "SIGKILL");
    const backends = [
      { service: "bookstore-v1", weight: 100 },
      { service: "bookstore-v2", weight: 0 },
    ];
    const split = { namespace: "bookstore", name: "bookstore" };
    await cluster.client.patch(SPLITS, split, { spec: { backends } }, { type: "merge" });
    await eventually("said to be down", 5, async () =>
      cluster.parts().find((part) => part.name === "controller" && part.restarts === 1),
    );
    await eventually("all traffic on v1", 20, async () => {
      const first = await countsOf(cluster, "bookbuyer");
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const second = await countsOf(cluster, "bookbuyer");
      const v1 = (second.byIdentity["bookstore-v1"] ?? 0) - (first.byIdentity["bookstore-v1"] ?? 0);
      return v1 > 10 && second.byIdentity["bookstore-v2"] === first.byIdentity["bookstore-v2"] ? true : null;
    });
    expect(failuresBetween(before, await countsOf(cluster, "bookbuyer"))).toBe(0);
  });

  it("says why a pod cannot run, and backs off from one that crashes", async () => {
    const pod = (name: string, container: object) => ({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace: "default" },
      spec: { terminationGracePeriodSeconds: 1, containers: [{ name: "c", ...container }] },
    });
    await cluster.client.create(PODS, pod("strange", { image: "nginx:1.27" }));
    await cluster.client.create(PODS, pod("crashing", { image: "meshdeck/demo-apps:0.1.0", args: ["banker"] }));
    await eventually("both explained", 15, async () => {
      const [crashing, strange] = await cluster.pods("default");
      const waiting = (one: Pod | undefined) => one?.status?.containerStatuses?.[0]?.state?.waiting;
      expect(waiting(strange)).toMatchObject({
        reason: "ErrImagePull",
        message: expect.stringContaining("nginx:1.27"),
      });
      expect(waiting(crashing)).toMatchObject({ reason: "CrashLoopBackOff" });
      return true;
    });
    const log = "/api/v1/namespaces/default/pods/crashing/log";
    expect(await cluster.client.text(`${log}?previous=true`)).toContain("The first argument is one of");
    for (const name of ["strange", "crashing"]) await cluster.client.delete(PODS, { namespace: "default", name });
    await eventually("both gone", 10, async () => ((await cluster.pods("default")).length === 0 ? true : null));
  });

  it("refuses a second start on the same data folder", async () => {
    await expect(startCluster(dataFolder)).rejects.toThrow(/Another Meshdeck \(process \d+\) already runs/);
  });

  it("comes back as it was: pods at their addresses, edits kept", async () => {
    const addresses = async () =>
      Object.fromEntries((await allRunning()).map((pod) => [pod.metadata.name, pod.status?.podIP]));
    const before = await addresses();
    expect(await cluster.stop("SIGINT")).toBe(0);
    expect(processesNaming(dataFolder)).toEqual([]);
    cluster = await startCluster(dataFolder);
    expect(await addresses()).toEqual(before);
    const split = await cluster.client.get(SPLITS, { namespace: "bookstore", name: "bookstore" });
    expect(split.spec).toMatchObject({ backends: [{ weight: 100 }, { weight: 0 }] });
    await settled("bookbuyer", "200");
  });

  it("leaves no process and no port behind when it is killed itself", async () => {
    const [pod] = await cluster.pods("bookstore");
    await cluster.stop("SIGKILL");
    await eventually("no process left", 6, async () => {
      const left = processesNaming(dataFolder);
      if (left.length > 0) throw new Error(JSON.stringify(left));
      return true;
    });
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(14001, pod?.status?.podIP ?? "127.0.0.1", () => resolve(true));
      socket.on("error", () => resolve(false)).on("connect", () => socket.destroy());
    });
    expect(open).toBe(false);
  });
});
