import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Topology, TopologyEdge } from "@/lib/contract/topology";
import { eventually, type LocalMode, processesNaming, startLocalMode } from "../support/local-mode";

const available = Boolean(process.env.MESHDECK_ENVOY && process.env.MESHDECK_KUBECTL);

function edge(topology: Topology, source: string, target: string): TopologyEdge | undefined {
  return topology.edges.find((candidate) => candidate.source === source && candidate.target === target);
}

describe.skipIf(!available)("npm start", () => {
  let local: LocalMode;
  let readyAt = 0;
  beforeAll(async () => {
    local = await startLocalMode();
    readyAt = Date.now();
  });
  afterAll(() => local?.stop("SIGTERM"));

  it("shows the bookstore's edges, encrypted and with traffic, within 20 s of being ready", async () => {
    const wanted = [
      ["bookbuyer/deployment/bookbuyer", "bookstore/service/bookstore-v1"],
      ["bookbuyer/deployment/bookbuyer", "bookstore/service/bookstore-v2"],
      ["bookstore/deployment/bookstore-v1", "bookwarehouse/service/bookwarehouse"],
      ["bookwarehouse/deployment/bookwarehouse", "bookwarehouse/service/stockdb"],
    ] as const;
    await eventually("all edges", 20 - (Date.now() - readyAt) / 1000, async () => {
      const topology = await local.topology();
      const missing = wanted.filter(([source, target]) => {
        const found = edge(topology, source, target);
        return !(found && found.mtls === true && found.requestsPerSecond > 0);
      });
      const thief = topology.edges.find((candidate) => candidate.source === "bookthief/deployment/bookthief");
      if (missing.length > 0 || !thief?.denied) throw new Error(JSON.stringify({ missing, thief }));
      return topology;
    });
  });

  it("serves kubectl tables of the mesh's objects", async () => {
    const table = await local.kubectl("get", "trafficsplits,traffictargets,httproutegroups,pods", "-A");
    expect(table).toMatch(/^NAMESPACE +NAME/m);
    expect(table).toMatch(/bookstore +trafficsplit\.split\.smi-spec\.io\/bookstore/);
    expect(table).toMatch(/pod\/bookbuyer-.+Running/);
  });

  it("ends everything on Ctrl-C: no process and no port is left", async () => {
    const port = Number(new URL(local.dashboard).port);
    const folder = local.dataFolder;
    expect(processesNaming(folder).length).toBeGreaterThan(5);
    await local.stop("SIGINT");
    await eventually("no process left", 5, async () => {
      const left = processesNaming(folder);
      if (left.length > 0) throw new Error(JSON.stringify(left));
      return true;
    });
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
      socket.on("connect", () => socket.destroy());
    });
    expect(open).toBe(false);
  });
});
