/** API servers that pass questions on to Services: a stand-in that does it as the real one is seen to, and a real one where there is one. */
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as httpRequest } from "node:http";
import { type AddressInfo, connect as connectTcp } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream";
import { stringify } from "yaml";
import { kubeconfigText } from "@/server/local/api/kubeconfig";
import { create } from "./demo-objects";
import { connect } from "./kube-api-client";
import { startRealApi } from "./kube-api-real";
import { limitedUser } from "./limited-user";

/** What is asked for here has a Service `monitoring/prometheus-server`, port 80, and a pod at this address. */
const ADDRESS = "10.99.0.1";
const SERVICE = { namespace: "monitoring", name: "prometheus-server" };

/** Of Go's servers. */
export const MOST_HEADER_BYTES = 1 << 20;

export interface ServiceProxy {
  /** YAML, of somebody who may do everything. */
  readonly kubeconfig: string;
  /** YAML, of somebody who may read Services, and ask none. */
  readonly withoutProxy: string;
  stop(): Promise<void>;
}

export interface ServiceProxyKind {
  readonly name: string;
  /** `port`: where the pod of the Service in fact listens, on loopback. */
  start(port: number): Promise<ServiceProxy>;
}

export function serviceProxyKinds(): ServiceProxyKind[] {
  const assets = process.env.KUBEBUILDER_ASSETS;
  const standIn = { name: "stand-in", start: startStandIn };
  return assets === undefined
    ? [standIn]
    : [standIn, { name: "kube-apiserver", start: (port) => startReal(assets, port) }];
}

async function startStandIn(port: number): Promise<ServiceProxy> {
  const path = `/api/v1/namespaces/${SERVICE.namespace}/services/${SERVICE.name}`;
  const server = createServer({ maxHeaderSize: MOST_HEADER_BYTES }, (incoming, outgoing) => {
    const { headers } = incoming;
    const url = (incoming.url ?? "/").replace("%3A", ":");
    const refuse = (code: number, message: string) => {
      outgoing.writeHead(code, { "content-type": "application/json" });
      outgoing.end(JSON.stringify({ kind: "Status", apiVersion: "v1", status: "Failure", message, code }));
    };
    const spec = { ports: [{ name: "http", port: 80 }] };
    if (url === path) return void outgoing.end(JSON.stringify({ metadata: SERVICE, spec }));
    if (!url.startsWith(`${path}:80/proxy/`)) return refuse(404, "not found");
    if (headers.authorization !== "Bearer all") {
      return refuse(403, `services "${SERVICE.name}:80" is forbidden: User "ada" cannot get resource "services/proxy"`);
    }
    const { authorization: _, ...rest } = headers;
    const sent = httpRequest(`http://127.0.0.1:${port}${url.slice(`${path}:80/proxy`.length)}`, { headers: rest });
    sent.on("response", (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      pipeline(answer, outgoing, () => undefined);
    });
    sent.on("error", (error) => refuse(503, `error trying to reach service: ${error.message}`));
    outgoing.on("close", () => sent.destroy());
    sent.end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const kubeconfig = (token: string) => kubeconfigText({ url, caPem: null, token });
  return {
    kubeconfig: kubeconfig("all"),
    withoutProxy: kubeconfig("none"),
    async stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Endpoints may not be of loopback: the API server goes to its cluster by a way out of its own, which ends at `port`. */
async function startReal(assets: string, port: number): Promise<ServiceProxy> {
  const folder = mkdtempSync(join(tmpdir(), "meshdeck-egress-"));
  const egress = createServer().on("connect", (request, socket) => {
    if (request.url !== `${ADDRESS}:9090`) return void socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    const out = connectTcp(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      out.pipe(socket).pipe(out);
    });
    out.on("error", () => socket.destroy());
    out.on("close", () => socket.destroy());
    socket.on("error", () => out.destroy());
    socket.on("close", () => out.destroy());
  });
  const uds = { udsName: join(folder, "egress") };
  egress.listen(uds.udsName);
  await once(egress, "listening");
  const selection = { name: "cluster", connection: { proxyProtocol: "HTTPConnect", transport: { uds } } };
  const file = join(folder, "egress.yaml");
  const kind = { apiVersion: "apiserver.k8s.io/v1beta1", kind: "EgressSelectorConfiguration" };
  writeFileSync(file, stringify({ ...kind, egressSelections: [selection] }));
  const real = await startRealApi(assets, "admin", { "egress-selector-config-file": file });
  const api = connect(real.access);
  const { namespace, name } = SERVICE;
  const metadata = { namespace, name };
  await create(api, { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  const ports = [{ name: "http", port: 80, targetPort: 9090 }];
  await create(api, { apiVersion: "v1", kind: "Service", metadata, spec: { ports } });
  const spec = { containers: [{ name: "prometheus", image: "prometheus" }] };
  await create(api, { apiVersion: "v1", kind: "Pod", metadata, spec });
  // A proxied address is one of a pod that says it is its own.
  const status = { podIP: ADDRESS, podIPs: [{ ip: ADDRESS }] };
  await api.patch(`/api/v1/namespaces/${namespace}/pods/${name}/status`, "merge", { status });
  const addresses = [{ ip: ADDRESS, targetRef: { kind: "Pod", namespace, name } }];
  const subsets = [{ addresses, ports: [{ name: "http", port: 9090 }] }];
  await create(api, { apiVersion: "v1", kind: "Endpoints", metadata, subsets } as Parameters<typeof create>[1]);
  api.close();
  const kubeconfig = kubeconfigText(real.access);
  const reads = { namespace, verbs: ["get", "list"], resources: ["services"] };
  const reader = await limitedUser(kubeconfig, { namespace, name: "reader" }, { reads });
  return {
    kubeconfig,
    withoutProxy: reader.kubeconfig,
    async stop() {
      await real.stop();
      egress.close();
      egress.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
