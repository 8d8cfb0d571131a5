/** The built dashboard with a mesh of any size before it: a door on the loopback that answers for the topology and passes on the rest. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Health } from "@/lib/contract/health";
import type { Topology } from "@/lib/contract/topology";
import { startDashboard } from "../support/dashboard";
import { startDemoApi } from "../support/demo-api";
import { startFakeController } from "../support/fake-controller";
import { startGate } from "../support/gate";
import { refreshed } from "./ui-mesh";

export interface Stage {
  readonly url: string;
  /** Sends the topology of another moment to every page that listens; resolves when it is on its way. */
  readonly push: () => void;
  /** The first answer is of now again: one that is old makes the page say so, which a server of now never does. */
  readonly renew: () => void;
  /** How many pages listen to the stream now. */
  readonly listening: () => number;
  /** How many requests for the topology came so far. */
  readonly asked: () => number;
  readonly stop: () => Promise<void>;
}

function wellHealth(): Health {
  return { at: Date.now(), status: "ok", version: "0.1.0", meshName: "osm", parts: [] };
}

/** `topology` is what the page is given first. */
export async function startStage(topology: Topology): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "meshdeck-ui-"));
  const [demo, controller] = await Promise.all([startDemoApi(), startFakeController([], [])]);
  const kubeconfig = join(folder, "kubeconfig");
  writeFileSync(kubeconfig, demo.kubeconfig);
  const dashboard = await startDashboard({
    MESHDECK_KUBECONFIG: kubeconfig,
    MESHDECK_METRICS_URL: demo.metricsUrl,
    MESHDECK_METRICS_KIND: "embedded",
    MESHDECK_CONTROLLER_URL: controller.url,
  });
  const listeners = new Set<ServerResponse>();
  let asked = 0;
  let turn = 0;
  const event = (name: string, data: unknown) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
  const now = () => refreshed(topology, turn, Date.now());
  // Some moments written out beforehand: the page is measured, not this process.
  const events = Array.from({ length: 8 }, (_, index) => event("topology", refreshed(topology, index + 1, Date.now())));
  const packed = () => gzipSync(JSON.stringify(now()), { level: 1 });
  let first = packed();

  function answer(incoming: IncomingMessage, outgoing: ServerResponse): boolean {
    const path = incoming.url ?? "";
    if (path.startsWith("/api/topology?")) {
      asked += 1;
      outgoing
        .writeHead(200, { "content-type": "application/json", "content-encoding": "gzip", "cache-control": "no-store" })
        .end(first);
      return true;
    }
    // The mesh is well: a strip that says otherwise would be measured as a page that moves.
    if (path === "/api/health") {
      outgoing.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(wellHealth()));
      return true;
    }
    if (!path.startsWith("/api/stream")) return false;
    outgoing.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    outgoing.write(event("heartbeat", { at: Date.now() }));
    listeners.add(outgoing);
    outgoing.on("close", () => listeners.delete(outgoing));
    return true;
  }

  const gate = await startGate(dashboard.url, { answer });
  const beat = setInterval(() => {
    for (const listener of listeners) listener.write(event("heartbeat", { at: Date.now() }));
  }, 4_000);
  return {
    url: gate.url,
    push() {
      turn += 1;
      for (const listener of listeners) listener.write(events[turn % events.length]);
    },
    renew() {
      first = packed();
    },
    listening: () => listeners.size,
    asked: () => asked,
    async stop() {
      clearInterval(beat);
      for (const listener of listeners) listener.end();
      await gate.stop();
      await dashboard.stop();
      await demo.stop();
      await controller.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
