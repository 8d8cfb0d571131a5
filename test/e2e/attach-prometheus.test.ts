/** `npm start -- --context NAME` where a Prometheus is in the cluster, reached through the API server's service proxy. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DataSources } from "@/lib/contract/settings";
import type { Topology } from "@/lib/contract/topology";
import { startAttached } from "../support/attached";
import { DASHBOARD_IS_BUILT } from "../support/dashboard";
import { eventually } from "../support/local-mode";
import { MOST_HEADER_BYTES, type ServiceProxy, serviceProxyKinds } from "../support/service-proxies";

const WHERE = "service monitoring/prometheus-server, by the API server";

describe.skipIf(!DASHBOARD_IS_BUILT).each(serviceProxyKinds())(
  "npm start -- --context, a Prometheus in the cluster ($name)",
  (kind) => {
    const store = createServer({ maxHeaderSize: MOST_HEADER_BYTES }, (request, response) => {
      const isRange = request.url?.startsWith("/api/v1/query_range");
      const data = { resultType: isRange ? "matrix" : "vector", result: [], version: "3.1", storageRetention: "9d" };
      response.end(JSON.stringify({ status: "success", data }));
    });
    let proxy: ServiceProxy;
    beforeAll(async () => {
      store.listen(0, "127.0.0.1");
      await once(store, "listening");
      proxy = await kind.start((store.address() as AddressInfo).port);
    });
    afterAll(async () => {
      await proxy?.stop();
      store.closeAllConnections();
      store.close();
    });

    it("is found and asked", async () => {
      const shown = await startAttached(proxy.kubeconfig);
      try {
        expect(shown.ready.prometheus).toBe(WHERE);
        const { items } = await shown.get<DataSources>("/api/settings/sources");
        const metrics = items.find(({ id }) => id === "metrics");
        expect(metrics?.message).toBe("It answers, but has no series of the mesh.");
        expect(metrics?.facts).toContainEqual({ name: "Version", value: "3.1" });
        expect(metrics?.facts).toContainEqual({ name: "Kept for", value: "9d" });
      } finally {
        await shown.stop();
      }
    });

    it("says which right is missing to ask it", async () => {
      const shown = await startAttached(proxy.withoutProxy);
      try {
        expect(shown.ready.prometheus).toBe(WHERE);
        const missing = await eventually("what is missing", 10, async () => {
          const { partial } = await shown.get<Topology>("/api/topology");
          return partial.find(({ part }) => part === "metrics");
        });
        expect(missing.message).toMatch(/cannot get resource "services\/proxy"/);
      } finally {
        await shown.stop();
      }
    });
  },
);
