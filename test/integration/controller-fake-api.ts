/**
 * The part of the Kubernetes API that the controller uses, in memory and over HTTP: for tests that ask what the
 * controller writes, and that take the API away from it.
 */
import { randomUUID } from "node:crypto";
import http from "node:http";
import { text } from "node:stream/consumers";
import type { KubeObject } from "@/lib/kube/objects";
import { SMI_RESOURCES } from "@/lib/smi/versions";
import { KubeClient } from "@/server/kube/client";

interface Change {
  readonly type: string;
  readonly path: string;
  readonly version: number;
  readonly object: KubeObject;
}

interface Answer {
  send(status: number, value: unknown): void;
  refuse(status: number, reason: string): void;
}

export class FakeKubeApi {
  #objects = new Map<string, KubeObject>();
  #changes: Change[] = [];
  #watches = new Set<(change: Change) => void>();
  #version = 0;
  #server: http.Server | null = null;
  port = 0;

  async start(): Promise<void> {
    const server = http.createServer((request, response) => {
      this.#serve(request, response).catch((error) => response.writeHead(500).end(String(error)));
    });
    await new Promise<void>((resolve) => server.listen(this.port, "127.0.0.1", resolve));
    const address = server.address();
    this.port = typeof address === "object" && address ? address.port : 0;
    this.#server = server;
  }

  /** What is stored stays for the next start, on the same port. */
  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  client(): KubeClient {
    return new KubeClient({
      server: `http://127.0.0.1:${this.port}`,
      credentials: async () => ({ headers: {}, tls: {} }),
    });
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://api");
    const path = decodeURIComponent(url.pathname);
    const body = request.method === "GET" ? "" : await text(request);
    const send = (status: number, value: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    const refuse = (status: number, reason: string) =>
      send(status, { kind: "Status", code: status, reason, message: `${reason} ${path}` });
    const group = /^\/apis\/([^/]+)$/.exec(path)?.[1];
    if (group) {
      const served = Object.values(SMI_RESOURCES).find((resource) => resource.group === group);
      const versions = served?.versions.map((version) => ({ version }));
      versions ? send(200, { versions }) : refuse(404, "NotFound");
    } else if (url.searchParams.get("watch") === "true") this.#watch(url, response);
    else if (request.method === "GET") this.#read(path, url.searchParams.get("labelSelector"), { send, refuse });
    else this.#write(request.method ?? "", path, body, { send, refuse });
  }

  #read(path: string, selector: string | null, { send, refuse }: Answer): void {
    const live = this.#objects.get(path);
    const collection = path.split("/").length % 2 === (path.startsWith("/apis/") ? 1 : 0);
    if (live) send(200, live);
    else if (!collection) refuse(404, "NotFound");
    else {
      const metadata = { resourceVersion: String(this.#version) };
      send(200, { kind: "List", apiVersion: "v1", metadata, items: this.#list(path, selector) });
    }
  }

  #write(method: string, path: string, body: string, { send, refuse }: Answer): void {
    const live = this.#objects.get(path);
    const sent = JSON.parse(body) as KubeObject;
    if (method === "POST") {
      const at = `${path}/${sent.metadata.name}`;
      this.#objects.has(at) ? refuse(409, "AlreadyExists") : send(201, this.#put(at, "ADDED", sent));
    } else if (!live) refuse(404, "NotFound");
    else if (method === "PATCH") send(200, this.#put(path, "MODIFIED", mergePatch(live, sent) as KubeObject));
    else if (method === "DELETE") {
      this.#objects.delete(path);
      this.#tell("DELETED", path, live);
      send(200, { kind: "Status", status: "Success" });
    } else {
      const stale = sent.metadata.resourceVersion && sent.metadata.resourceVersion !== live.metadata.resourceVersion;
      stale ? refuse(409, "Conflict") : send(200, this.#put(path, "MODIFIED", sent));
    }
  }

  #put(path: string, type: string, object: KubeObject): KubeObject {
    const uid = this.#objects.get(path)?.metadata.uid ?? randomUUID();
    const stored = { ...object, metadata: { ...object.metadata, uid, resourceVersion: String(this.#version + 1) } };
    this.#objects.set(path, stored);
    this.#tell(type, path, stored);
    return stored;
  }

  #tell(type: string, path: string, object: KubeObject): void {
    this.#version += 1;
    const resourceVersion = String(this.#version);
    const change = {
      type,
      path,
      version: this.#version,
      object: { ...object, metadata: { ...object.metadata, resourceVersion } },
    };
    this.#changes.push(change);
    for (const watch of this.#watches) watch(change);
  }

  #list(path: string, selector: string | null): KubeObject[] {
    return [...this.#objects]
      .filter(([at, object]) => belongs(at, path) && selects(object, selector))
      .map(([, object]) => object);
  }

  #watch(url: URL, response: http.ServerResponse): void {
    const path = decodeURIComponent(url.pathname);
    const selector = url.searchParams.get("labelSelector");
    const tell = ({ type, path: at, object }: Change) => {
      if (belongs(at, path) && selects(object, selector)) response.write(`${JSON.stringify({ type, object })}\n`);
    };
    response.writeHead(200).flushHeaders();
    const since = Number(url.searchParams.get("resourceVersion"));
    for (const change of this.#changes) if (change.version > since) tell(change);
    this.#watches.add(tell);
    response.on("close", () => this.#watches.delete(tell));
  }
}

/** `/api/v1/pods` and `/api/v1/namespaces/a/pods` both hold `/api/v1/namespaces/a/pods/b`. */
function belongs(at: string, collection: string): boolean {
  const parent = at.slice(0, at.lastIndexOf("/"));
  return parent === collection || parent.replace(/\/namespaces\/[^/]+\//, "/") === collection;
}

function selects(object: KubeObject, selector: string | null): boolean {
  const [name = "", value] = selector?.split("=") ?? [];
  return selector === null || object.metadata.labels?.[name] === value;
}

function mergePatch(live: unknown, patch: unknown): unknown {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch;
  const result: Record<string, unknown> = { ...(live as object) };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = mergePatch(result[name], value);
  }
  return result;
}
