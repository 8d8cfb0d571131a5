/** Parts are killed the hard way; the mesh goes on, the supervisor brings them back, and the dashboard says what is down. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Topology } from "@/lib/contract/topology";
import { eventually, type LocalMode, processesNaming, startLocalMode } from "../support/local-mode";

const available = Boolean(process.env.MESHDECK_ENVOY && process.env.MESHDECK_KUBECTL);
const BUYER = "bookbuyer/deployment/bookbuyer";

interface Health {
  readonly parts: readonly { name: string; state: string; restarts?: number }[];
}

describe.skipIf(!available)("when a part dies", () => {
  let local: LocalMode;
  beforeAll(async () => {
    local = await startLocalMode();
    await eventually("traffic", 60, async () => {
      const { edges } = await local.topology();
      return edges.filter((edge) => edge.source === BUYER && edge.requestsPerSecond > 0).length >= 2 || null;
    });
  });
  let copy: string | null = null;
  afterAll(async () => {
    await local?.stop("SIGTERM");
    if (copy) rmSync(copy, { recursive: true, force: true });
  });

  function processOf(pattern: RegExp): number {
    const found = processesNaming(local.dataFolder).find(({ command }) => pattern.test(command));
    if (!found) throw new Error(`no process matches ${pattern}`);
    return found.pid;
  }

  /** What bookbuyer counted: requests and those that were not answered with 200. */
  async function counted(): Promise<{ total: number; failed: number }> {
    const list = JSON.parse(await local.kubectl("get", "pods", "-n", "bookbuyer", "-o", "json"));
    const loopback = list.items[0].metadata.annotations["meshdeck.io/loopback"];
    const response = await fetch(`http://${loopback}:14001/`);
    const tally = (await response.json()) as { calls: number; byStatus: Record<string, number> };
    const answered = tally.byStatus["200"] ?? 0;
    const bad = Object.entries(tally.byStatus).filter(([status]) => status !== "200");
    return { total: answered, failed: bad.reduce((sum, [, count]) => sum + count, 0) };
  }

  it("loses no request while the controller is gone, and applies on its return what was changed meanwhile", async () => {
    const before = await counted();
    const pid = processOf(/dist\/controller\.js/);
    process.kill(pid, "SIGKILL");
    await local.kubectl(
      ...["patch", "trafficsplit", "bookstore", "-n", "bookstore", "--type=json", "-p"],
      JSON.stringify([
        { op: "replace", path: "/spec/backends/0/weight", value: 0 },
        { op: "replace", path: "/spec/backends/1/weight", value: 100 },
      ]),
    );
    await eventually("the controller is back", 20, async () => processOf(/dist\/controller\.js/) !== pid || null);
    await eventually("everything goes to v2", 30, async () => {
      const { edges } = await local.topology(10);
      const v2 = edges.find((edge) => edge.source === BUYER && edge.target === "bookstore/service/bookstore-v2");
      if (v2?.splitShare === null || (v2?.splitShare ?? 0) < 0.999) throw new Error(`v2 has ${v2?.splitShare}`);
      return true;
    });
    const after = await counted();
    expect(after.total).toBeGreaterThan(before.total + 40);
    expect(after.failed - before.failed).toBe(0);
  });

  it("brings the dashboard back on the same port", async () => {
    const pid = processOf(/next-server|next.*start/);
    process.kill(pid, "SIGKILL");
    await eventually("the dashboard is back", 30, async () => {
      const health = await local.get<Health>("/api/health");
      const restarted = health.parts.find((part) => part.name === "dashboard");
      return (restarted?.restarts ?? 0) > 0 || null;
    });
  });

  it("starts a killed Envoy again, and says that it is down while it is", async () => {
    const pattern = /envoy.*--service-cluster bookwarehouse\/stockdb/;
    const sidecar = () => processesNaming(local.dataFolder).find(({ command }) => pattern.test(command))?.pid;
    const first = sidecar();
    // Once is mended within a moment: it is killed until it has to wait longer for its next start.
    await eventually("it is said", 30, async () => {
      const pid = sidecar();
      if (pid) process.kill(pid, "SIGKILL");
      const { parts } = await local.get<Health>("/api/health");
      return parts.some((part) => part.name.includes("stockdb") && part.state !== "ok") || null;
    });
    await eventually("it is back", 30, async () => {
      const { parts } = await local.get<Health>("/api/health");
      const again = sidecar();
      const own = parts.find((part) => part.name.includes("stockdb"));
      return (again !== undefined && again !== first && own?.state === "ok" && (own.restarts ?? 0) > 0) || null;
    });
  });

  it("starts a killed application again", async () => {
    const pods = JSON.parse(
      await local.kubectl("get", "pods", "-n", "bookstore", "-l", "app=bookstore,version=v2", "-o", "json"),
    );
    const name = pods.items[0].metadata.name as string;
    const pid = processesNaming(name).find(({ command }) => /demo-app\.js/.test(command))?.pid;
    expect(pid).toBeGreaterThan(0);
    process.kill(pid ?? 0, "SIGKILL");
    await eventually("restart counted and ready again", 30, async () => {
      const pod = JSON.parse(await local.kubectl("get", "pod", "-n", "bookstore", name, "-o", "json"));
      const status = pod.status.containerStatuses.find((one: { name: string }) => one.name === "bookstore");
      return (status.restartCount === 1 && status.ready) || null;
    });
  });

  it("keeps state, addresses and edits over a restart of everything", async () => {
    const before: Topology = await local.topology();
    expect(before.nodes.length).toBeGreaterThan(5);
    const split = await local.kubectl("get", "trafficsplit", "bookstore", "-n", "bookstore", "-o", "yaml");
    copy = `${local.dataFolder}-copy`;
    rmSync(copy, { recursive: true, force: true });
    mkdirSync(copy);
    // The data folder outlives the process: a second start on a copy of it has the same objects.
    execFileSync("cp", ["-a", `${local.dataFolder}/.`, copy]);
    await local.stop("SIGTERM");
    local = await startLocalMode(["--data-dir", copy]);
    const again = await local.kubectl("get", "trafficsplit", "bookstore", "-n", "bookstore", "-o", "yaml");
    const uid = (text: string) => /uid: (.+)/.exec(text)?.[1];
    expect(uid(again)).toBe(uid(split));
    expect(again).toContain("weight: 100");
    expect(readFileSync(local.kubeconfig, "utf8")).toContain("server:");
    await eventually("traffic again", 60, async () => {
      const { edges } = await local.topology();
      return edges.some((edge) => edge.source === BUYER && edge.requestsPerSecond > 0) || null;
    });
  });
});
