/** A Prometheus of the cluster asked through the API server's service proxy, as the dashboard asks it. */
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadKube } from "@/server/kube/load";
import { findPrometheusService, forwardPrometheus } from "@/server/local/cluster-prometheus";
import { askAbout } from "@/server/metrics/about-store";
import { OPEN_ACCESS, openDoor } from "@/server/metrics/access";
import { createPrometheusSource } from "@/server/metrics/prometheus";
import { eventually } from "../support/local-mode";
import { MOST_HEADER_BYTES, type ServiceProxy, serviceProxyKinds } from "../support/service-proxies";

const VECTOR = { status: "success", data: { resultType: "vector", result: [{ metric: { a: "b" }, value: [1, "2"] }] } };

describe.each(serviceProxyKinds())("a Prometheus behind the service proxy ($name)", (kind) => {
  const folder = mkdtempSync(join(tmpdir(), "meshdeck-proxy-"));
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  const store = createServer({ maxHeaderSize: MOST_HEADER_BYTES }, (request, response) => answer(request, response));
  let proxy: ServiceProxy;
  const closing: (() => void)[] = [];

  beforeAll(async () => {
    store.listen(0, "127.0.0.1");
    await once(store, "listening");
    proxy = await kind.start((store.address() as AddressInfo).port);
  });
  afterAll(async () => {
    for (const close of closing) close();
    await proxy?.stop();
    store.closeAllConnections();
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Where the dashboard asks, with somebody's rights. */
  async function forwarded(kubeconfig: string): Promise<string> {
    const file = join(folder, `${closing.length}`);
    writeFileSync(file, kubeconfig);
    const client = loadKube({ kubeconfig: file });
    const service = await findPrometheusService(client, "osm-system");
    expect(service).toEqual({ namespace: "monitoring", name: "prometheus-server", port: 80 });
    if (service === null) throw new Error("none was found");
    const forwarder = await forwardPrometheus(client, service, "secret");
    closing.push(forwarder.close, () => client.close());
    return forwarder.url;
  }

  const ask = (url: string, query: string, signal?: AbortSignal) =>
    fetch(`${url}/api/v1/query`, {
      method: "POST",
      body: new URLSearchParams({ query }),
      ...(signal ? { signal } : {}),
    });

  it("is found, asked, and answers; nobody without the secret is let through", async () => {
    let asked = "";
    answer = (request, response) => {
      asked = request.url ?? "";
      // Who asked is the API server's business: a store that wants a token of its own is not reached this way.
      expect(request.headers.authorization).toBeUndefined();
      response.end(JSON.stringify(VECTOR));
    };
    const url = await forwarded(proxy.kubeconfig);
    const source = createPrometheusSource({ url, timeoutMs: 5_000 });
    const selector = { metric: "up", matchers: [] };
    const rows = await source.instant({ kind: "instant", aggregation: "sum", selector, by: ["a"] }, 1);
    expect(rows).toEqual([{ labels: { a: "b" }, value: 2 }]);
    const long = `up{pod=~"${Array.from({ length: 3_000 }, (_, index) => `pod-${index}`).join("|")}"}`;
    expect(await (await ask(url, long)).json()).toEqual(VECTOR);
    expect(new URL(asked, "http://store").searchParams.get("query")).toBe(long);
    expect((await ask(url.replace("secret", "guess"), "up")).status).toBe(404);
    expect((await fetch(`${url}/api/v1/admin/tsdb/delete_series`, { method: "POST" })).status).toBe(404);
  });

  it("says which version it is", async () => {
    answer = (request, response) => {
      const known = request.url?.startsWith("/api/v1/status/buildinfo");
      response.end(
        JSON.stringify({ status: "success", data: known ? { version: "3.1" } : { storageRetention: "9d" } }),
      );
    };
    const url = await forwarded(proxy.kubeconfig);
    const about = await askAbout({ url, door: openDoor(OPEN_ACCESS), timeoutMs: 5_000 });
    expect(about).toEqual({ application: null, version: "3.1", retention: "9d" });
  });

  it("passes on what Prometheus says is wrong with a question", async () => {
    const refusal = { status: "error", errorType: "bad_data", error: "unknown position: parse error" };
    answer = (_, response) => response.writeHead(400).end(JSON.stringify(refusal));
    const response = await ask(await forwarded(proxy.kubeconfig), "up(");
    expect([response.status, await response.json()]).toEqual([400, refusal]);
  });

  it("is told when whoever asked does not wait any more", async () => {
    let ended = false;
    let begun = false;
    answer = (request) => {
      begun = true;
      request.socket.on("close", () => {
        ended = true;
      });
    };
    const gone = new AbortController();
    const asked = ask(await forwarded(proxy.kubeconfig), "up", gone.signal).catch((error: Error) => error.name);
    await eventually("the question", 5, async () => begun || null);
    gone.abort();
    expect(await asked).toBe("AbortError");
    await eventually("its end", 5, async () => ended || null);
  });

  it("says in the API server's words that somebody may not ask", async () => {
    const response = await ask(await forwarded(proxy.withoutProxy), "up");
    expect(response.status).toBe(503);
    const { error } = (await response.json()) as { error: string };
    expect(error).toMatch(/services "prometheus-server:80" is forbidden.* cannot get resource "services\/proxy"/);
  });

  it("says that nobody answers there", async () => {
    answer = (request) => request.socket.destroy();
    const response = await ask(await forwarded(proxy.kubeconfig), "up");
    const said = await text(response.body as never);
    expect([response.status, said]).toEqual([503, expect.stringContaining("error trying to reach service")]);
    expect(JSON.parse(said)).toMatchObject({ status: "error", errorType: "unavailable" });
  });
});
