// The Kubernetes client against a server on loopback that misbehaves as real ones do.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { KubeClient } from "@/server/kube/client";
import { isExpired } from "@/server/kube/errors";
import { loadKube } from "@/server/kube/load";
import { Reflector } from "@/server/kube/reflector";
import { PODS } from "@/server/kube/resource";
import type { WatchEvent } from "@/server/kube/watch";

type Handler = (request: http.IncomingMessage, response: http.ServerResponse, body: string) => void;
const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

async function serve(handler: Handler): Promise<KubeClient> {
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => handler(request, response, Buffer.concat(chunks).toString()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const credentials = async () => ({ headers: { Authorization: "Bearer secret" }, tls: {} });
  const client = new KubeClient({ server: `http://127.0.0.1:${port}`, credentials });
  open.push(() => {
    client.close();
    server.closeAllConnections();
    server.close();
  });
  return client;
}

const send = (response: http.ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
const pod = (name: string, version: string) => ({
  metadata: { namespace: "demo", name, uid: name, resourceVersion: version },
});
const event = (type: string, object: object) => `${JSON.stringify({ type, object })}\n`;

describe("KubeClient", () => {
  it("lists page by page and gives items the type of their list", async () => {
    const asked: string[] = [];
    const client = await serve((request, response) => {
      asked.push(request.url ?? "");
      expect(request.headers.authorization).toBe("Bearer secret");
      const second = request.url?.includes("continue=more");
      const metadata = second ? { resourceVersion: "8" } : { resourceVersion: "8", continue: "more" };
      send(response, 200, { kind: "PodList", apiVersion: "v1", metadata, items: [pod(second ? "b" : "a", "1")] });
    });
    const list = await client.list(PODS, { namespace: "demo", labelSelector: "app in (a,b)" });
    expect(list.items.map((item) => [item.kind, item.apiVersion, item.metadata.name])).toEqual([
      ["Pod", "v1", "a"],
      ["Pod", "v1", "b"],
    ]);
    expect(asked[0]).toBe("/api/v1/namespaces/demo/pods?limit=500&labelSelector=app+in+%28a%2Cb%29");
  });

  it.each([
    [404, "NotFound", "not_found"],
    [409, "AlreadyExists", "conflict"],
    [403, "Forbidden", "forbidden"],
    [401, "Unauthorized", "unauthenticated"],
    [422, "Invalid", "unprocessable"],
    [500, "InternalError", "upstream_unavailable"],
    [504, "Timeout", "upstream_timeout"],
  ])("answers %i %s with %s, the server's words and the fields it named", async (status, reason, code) => {
    const causes = [{ field: "spec.weight", message: "must be 0 or more" }];
    const client = await serve((_, response) =>
      send(response, status, { kind: "Status", code: status, reason, message: "no good", details: { causes } }),
    );
    await expect(client.get(PODS, { namespace: "demo", name: "a" })).rejects.toMatchObject({
      code,
      reason,
      message: "The Kubernetes API did not read pods demo/a: no good",
      details: { fields: causes },
    });
  });

  it("sends patches by their content type, dry runs and preconditions", async () => {
    const asked: string[] = [];
    const client = await serve((request, response, body) => {
      asked.push(`${request.method} ${request.url} ${request.headers["content-type"]} ${body}`);
      send(response, 200, pod("a", "1"));
    });
    const ref = { namespace: "demo", name: "a" };
    await client.patch(PODS, ref, [{ op: "remove", path: "/spec" }], { type: "json", dryRun: true });
    await client.patch(PODS, ref, {}, { type: "merge", subresource: "status" });
    await client.delete(PODS, ref, { resourceVersion: "4" });
    expect(asked[0]).toBe(
      'PATCH /api/v1/namespaces/demo/pods/a?fieldManager=meshdeck&dryRun=All application/json-patch+json [{"op":"remove","path":"/spec"}]',
    );
    expect(asked[1]).toContain("/pods/a/status?fieldManager=meshdeck application/merge-patch+json");
    expect(JSON.parse(asked[2]?.split("application/json ")[1] ?? "")).toMatchObject({
      preconditions: { resourceVersion: "4" },
    });
  });

  it("keeps a hostile name in its place", async () => {
    let asked = "";
    const client = await serve((request, response) => {
      asked = request.url ?? "";
      send(response, 200, pod("a", "1"));
    });
    await client.get(PODS, { namespace: "demo/../kube-system", name: "a?x=1" });
    expect(asked).toBe("/api/v1/namespaces/demo%2F..%2Fkube-system/pods/a%3Fx%3D1");
  });

  it("says where nobody answers", async () => {
    const client = new KubeClient({
      server: "http://127.0.0.1:1",
      credentials: async () => ({ headers: {}, tls: {} }),
    });
    await expect(client.list(PODS)).rejects.toMatchObject({
      code: "upstream_unavailable",
      message: "The Kubernetes API at http://127.0.0.1:1 could not list pods: ECONNREFUSED.",
    });
  });

  it("reads again when the server closed a kept connection under it", async () => {
    let served = 0;
    const client = await serve((request, response) => {
      served += 1;
      if (served === 2) request.socket.resetAndDestroy();
      else send(response, 200, pod("a", String(served)));
    });
    await client.get(PODS, { name: "a" });
    expect((await client.get(PODS, { name: "a" })).metadata.resourceVersion).toBe("3");
  });
});

describe("loadKube", () => {
  it("asks a credential plugin for its token, as kubectl does", async () => {
    let asked: string | undefined;
    const client = await serve((request, response) => {
      asked = request.headers.authorization;
      send(response, 200, pod("a", "1"));
    });
    const folder = mkdtempSync(join(tmpdir(), "meshdeck-exec-"));
    const credential = {
      apiVersion: "client.authentication.k8s.io/v1",
      kind: "ExecCredential",
      status: { token: "from-plugin" },
    };
    const exec = {
      apiVersion: credential.apiVersion,
      command: "echo",
      args: [JSON.stringify(credential)],
      interactiveMode: "Never",
    };
    const config = {
      "current-context": "local",
      clusters: [{ name: "c", cluster: { server: client.server, "insecure-skip-tls-verify": true } }],
      users: [{ name: "u", user: { exec } }],
      contexts: [{ name: "local", context: { cluster: "c", user: "u" } }],
    };
    writeFileSync(join(folder, "kubeconfig"), JSON.stringify(config));
    const loaded = loadKube({ kubeconfig: join(folder, "kubeconfig") });
    await loaded.get(PODS, { name: "a" });
    expect(asked).toBe("Bearer from-plugin");
    const asUser = loadKube({ kubeconfig: join(folder, "kubeconfig"), token: "mine" });
    await asUser.get(PODS, { name: "a" });
    expect(asked).toBe("Bearer mine");
    loaded.close();
    asUser.close();
    rmSync(folder, { recursive: true, force: true });
  });
});

describe("watch", () => {
  async function watch(client: KubeClient, idleSeconds = 5): Promise<WatchEvent[]> {
    const events: WatchEvent[] = [];
    const signal = new AbortController().signal;
    await client.watch(PODS, {
      resourceVersion: "1",
      timeoutSeconds: 60,
      idleSeconds,
      signal,
      onEvent: (e) => events.push(e),
    });
    return events;
  }

  it("puts events together however the bytes arrive", async () => {
    const client = await serve(async (_, response) => {
      const bytes = Buffer.from(event("ADDED", pod("käse", "2")) + event("BOOKMARK", pod("", "3")));
      for (const byte of bytes) response.write(Buffer.of(byte));
      response.end();
    });
    expect((await watch(client)).map((e) => [e.type, e.object.metadata.name])).toEqual([
      ["ADDED", "käse"],
      ["BOOKMARK", ""],
    ]);
  });

  it("tells 410 from other ends", async () => {
    const status = { kind: "Status", code: 410, reason: "Expired", message: "too old resource version" };
    const inStream = await serve((_, response) => response.end(event("ERROR", status)));
    const byStatus = await serve((_, response) => send(response, 410, status));
    for (const client of [inStream, byStatus])
      expect(isExpired(await watch(client).catch((error) => error))).toBe(true);
  });

  it("rejects garbage, a reset and silence, each as what it is", async () => {
    const garbage = await serve((_, response) => response.end(`${event("ADDED", pod("a", "2"))}<html>\n`));
    await expect(watch(garbage)).rejects.toMatchObject({ code: "upstream_malformed" });
    const reset = await serve((request, response) => {
      response.write(event("ADDED", pod("a", "2")));
      setTimeout(() => request.socket.resetAndDestroy(), 20);
    });
    await expect(watch(reset)).rejects.toMatchObject({ code: "upstream_unavailable" });
    const silent = await serve((_, response) => response.flushHeaders());
    await expect(watch(silent, 0.1)).rejects.toMatchObject({ code: "upstream_timeout" });
  });
});

describe("Reflector over HTTP", () => {
  it("gets through a reset, silence, garbage, a 500 and a 410, and ends with what the server has", async () => {
    let watches = 0;
    let lists = 0;
    const client = await serve((request, response) => {
      if (!request.url?.includes("watch=true")) {
        lists += 1;
        if (lists === 2) return void send(response, 500, { message: "storage is away" });
        return void send(response, 200, {
          kind: "PodList",
          apiVersion: "v1",
          metadata: { resourceVersion: "1" },
          items: [pod("a", `${lists}`)],
        });
      }
      watches += 1;
      const steps: (() => void)[] = [
        () => request.socket.resetAndDestroy(),
        () => response.flushHeaders(),
        () => response.end("}{\n"),
        () => response.end(event("ERROR", { code: 410, reason: "Expired" })),
        () => response.write(event("ADDED", pod("b", "50"))),
      ];
      steps[Math.min(watches, steps.length) - 1]?.();
    });
    const reflector = new Reflector({
      client,
      resource: PODS,
      name: "pods",
      idleSeconds: 0.1,
      backoff: { next: () => 5, reset: () => undefined },
      onChange: () => undefined,
    });
    const ended = reflector.start();
    await expect
      .poll(() => reflector.objects().map((o) => `${o.metadata.name}@${o.metadata.resourceVersion}`))
      .toEqual(["a@4", "b@50"]);
    await expect.poll(() => reflector.state()).toMatchObject({ connected: true, error: null });
    reflector.stop();
    await ended;
  });
});
