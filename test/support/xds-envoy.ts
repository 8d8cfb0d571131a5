/** Real Envoys as sidecars of a model's pods, and an xDS server with certificates of a real authority. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, createServer, type IncomingHttpHeaders, request, type Server } from "node:http";
import { connect, createServer as createTcpServer, type Socket, type Server as TcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MeshModel, MeshPod } from "@/lib/mesh/model";
import { bootstrapFiles } from "@/server/inject/bootstrap";
import { type Authority, createAuthority } from "@/server/pki/authority";
import { createXdsServer } from "@/server/xds/server";
import type { CallRecord, KeyPair, XdsServer } from "@/server/xds/types";
import { spiffeId } from "./xds-model";

const CONTROLLER = "osm-controller.osm-system.svc.cluster.local";

export interface Control {
  readonly authority: Authority;
  readonly calls: CallRecord[];
  readonly nacks: { proxyId: string; type: string; message: string }[];
  server: XdsServer;
  /** Issues (anew) for every identity of the model and pushes. */
  renew(model: MeshModel): void;
  restart(): Promise<void>;
}

export async function startControl(): Promise<Control> {
  const authority = await createAuthority({ commonName: "test root", validitySeconds: 3600 });
  const own = authority.issue({ dnsNames: [CONTROLLER], validitySeconds: 3600, usages: ["server"] });
  const calls: CallRecord[] = [];
  const nacks: Control["nacks"] = [];
  const start = (port: number) =>
    createXdsServer({
      host: "127.0.0.1",
      port,
      server: own,
      clientRootsPem: authority.rootPem,
      trustDomain: "cluster.local",
      onCalls: (batch) => calls.push(...batch),
      onNack: (nack) => nacks.push(nack),
      log: { info: () => undefined, warn: () => undefined },
    });
  const control: Control = {
    authority,
    calls,
    nacks,
    server: await start(0),
    renew(model) {
      const pairs = Object.keys(model.identities).map((key) => [key, workloadCertificate(authority, key)] as const);
      control.server.setSecrets(new Map(pairs), authority.rootPem);
    },
    async restart() {
      const { port } = control.server;
      await control.server.close();
      control.server = await start(port);
    },
  };
  return control;
}

export function workloadCertificate(authority: Authority, identity: string): KeyPair {
  return authority.issue({ uris: [spiffeId(identity)], validitySeconds: 3600, usages: ["client", "server"] });
}

export interface Sidecar {
  readonly pod: MeshPod;
  readonly output: () => string;
  stop(): Promise<void>;
}

/** An Envoy for a pod, started the way the injected container starts it; `edit` may change its bootstrap. */
export async function startSidecar(
  control: Control,
  pod: MeshPod,
  identity = pod.identity,
  edit: (text: string) => string = (text) => text,
): Promise<Sidecar> {
  const folder = mkdtempSync(join(tmpdir(), "meshdeck-xds-"));
  const files = bootstrapFiles({
    controller: { host: "127.0.0.1", port: control.server.port, serverName: CONTROLLER },
    ...workloadCertificate(control.authority, identity),
    rootsPem: control.authority.rootPem,
  });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), edit(text), { mode: 0o600 });
  const admin = { admin: { address: { socket_address: { address: pod.loopback, port_value: 15000 } } } };
  const args = ["--config-path", "bootstrap.json", "--config-yaml", JSON.stringify(admin)];
  args.push("--service-node", pod.proxyId, "--service-cluster", identity, "--disable-hot-restart");
  args.push("--concurrency", "1", "--log-level", "warning");
  const child: ChildProcess = spawn(process.env.MESHDECK_ENVOY ?? "envoy", args, {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout?.on("data", (data) => {
    output += data;
  });
  child.stderr?.on("data", (data) => {
    output += data;
  });
  return {
    pod,
    output: () => output,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGKILL");
        await once(child, "exit");
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

/** A plain HTTP call as an application makes it: to its own sidecar, by absolute URL. */
export function call(pod: MeshPod, url: string, options: { method?: string; agent?: Agent } = {}): Promise<Answer> {
  const target = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: pod.loopback,
        port: 15001,
        path: url,
        method: options.method ?? "GET",
        headers: { host: target.host },
        agent: options.agent ?? sharedAgent,
        timeout: 10_000,
      },
      (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (data) => {
          body += data;
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }));
        response.on("error", reject);
      },
    );
    sent.on("timeout", () => sent.destroy(new Error(`no answer from ${url}`)));
    sent.on("error", reject);
    sent.end();
  });
}

const sharedAgent = new Agent({ keepAlive: true });

/** CONNECT to `authority`, then `text`; resolves to what came back until the first data after the tunnel, or the refusal. */
export function tunnel(pod: MeshPod, authority: string, text: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: pod.loopback, port: 15001, method: "CONNECT", path: authority, timeout: 5000 });
    sent.on("connect", (response, socket: Socket) => {
      const status = response.statusCode ?? 0;
      if (status !== 200) {
        socket.destroy();
        resolve({ status, text: "" });
        return;
      }
      socket.once("data", (data) => {
        socket.destroy();
        resolve({ status, text: data.toString() });
      });
      socket.once("close", () => resolve({ status, text: "" }));
      socket.on("error", () => undefined);
      socket.write(text);
    });
    sent.on("timeout", () => sent.destroy(new Error(`no answer from ${authority}`)));
    sent.on("error", reject);
    sent.end();
  });
}

/** A WebSocket handshake through the sidecar, then `text`; resolves to the first bytes that come back. */
export function upgrade(pod: MeshPod, authority: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { host: authority, connection: "upgrade", upgrade: "websocket" };
    const sent = request({ host: pod.loopback, port: 15001, path: `http://${authority}/`, headers, timeout: 5000 });
    sent.on("upgrade", (_response, socket) => {
      socket.once("data", (data) => {
        socket.destroy();
        resolve(data.toString());
      });
      socket.write(text);
    });
    sent.on("response", (response) => resolve(`refused with ${response.statusCode}`));
    sent.on("timeout", () => sent.destroy(new Error("no upgrade")));
    sent.on("error", reject);
    sent.end();
  });
}

/** An application on the pod's loopback that answers its pod's name. */
export async function startApp(pod: MeshPod, port: number): Promise<Server> {
  const server = createServer((incoming, response) => {
    response.setHeader("x-caller", String(incoming.headers["x-forwarded-client-cert"] ?? ""));
    response.end(pod.name);
  });
  server.keepAliveTimeout = 60_000;
  server.listen(port, pod.loopback);
  await once(server, "listening");
  return server;
}

/** A TCP application that answers `pod: text`. */
export async function startTcpApp(pod: MeshPod, port: number): Promise<TcpServer> {
  const server = createTcpServer((socket) => {
    socket.on("data", (data) => socket.end(`${pod.name}: ${data}`));
    socket.on("error", () => undefined);
  });
  server.listen(port, pod.loopback);
  await once(server, "listening");
  return server;
}

/** What a raw connection gets for `text`: the bytes, or how it ended. */
export function raw(host: string, port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port }, () => socket.write(text));
    socket.setTimeout(3000, () => {
      socket.destroy();
      resolve("timeout");
    });
    socket.once("data", (data) => {
      socket.destroy();
      resolve(data.toString("latin1"));
    });
    socket.once("error", (error) => resolve(`error ${error.message}`));
    socket.once("close", () => resolve("closed"));
  });
}

/** Polls until `check` holds; fails with what it last saw. */
export async function until<T>(what: string, probe: () => Promise<T> | T, check: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 10_000;
  let seen: unknown;
  while (Date.now() < deadline) {
    try {
      const value = await probe();
      if (check(value)) return value;
      seen = value;
    } catch (error) {
      seen = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${what} did not happen; last: ${seen instanceof Error ? seen.message : JSON.stringify(seen)}`);
}
