/** The controller's admin API with a given mesh's facts: two sidecars for each workload's identity, their calls and certificates. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Certificate, Proxy as ConnectedProxy } from "@/lib/contract/admin";
import { refusedCall, someCall } from "../fixtures/calls";

export interface FakeController {
  readonly url: string;
  stop(): Promise<void>;
}

/** `identities`: `namespace/serviceaccount`, each running one pod; `calls`: who calls which service. */
export async function startFakeController(
  identities: readonly string[],
  calls: readonly (readonly [source: string, service: string])[],
): Promise<FakeController> {
  const now = Date.now();
  const server = createServer((incoming, outgoing) => {
    const { pathname, searchParams } = new URL(incoming.url ?? "/", "http://controller");
    // Who waits for later calls waits for ever: there are none.
    if (searchParams.has("after")) return;
    const body = answers(pathname);
    outgoing.writeHead(body === null ? 404 : 200, { "content-type": "application/json" }).end(JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const answers = (path: string): unknown => {
    const config = /^\/v1\/proxies\/([^/]+)\/(config|envoy)$/.exec(path);
    if (config) return { id: config[1], at: now, resources: [] };
    switch (path) {
      case "/v1/status":
        return STATUS;
      case "/v1/proxies":
        return { items: identities.map(proxyOf) };
      case "/v1/certificates":
        return { items: [...identities.map((one) => certificateOf("workload", one)), certificateOf("root", "root")] };
      case "/v1/calls":
        return { items: told(calls, now), cursor: `run.${calls.length * 2}`, missed: 0, sampleOneIn: 100 };
      case "/v1/calls/aggregates":
        return { items: calls.map((call) => aggregateOf(call, now)), windowSeconds: 300, sampleOneIn: 100 };
      case "/v1/call-kinds":
        return { since: now - 60_000, sampleShare: 0.01, dropped: 0, items: calls.map((call) => kindOf(call, now)) };
      case "/v1/changes":
        return { watchedSince: now - 3_600_000, items: identities.map((one) => changeOf(one, now)) };
      default:
        return null;
    }
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Node id of its sidecar. */
export function proxyIdOf(identity: string): string {
  return `proxy.${identity.replace("/", ".")}`;
}

const STATUS = {
  ready: true,
  leader: true,
  version: "1",
  startedAt: "2026-01-01T00:00:00Z",
  meshName: "osm",
  trustDomain: "cluster.local",
  policyMode: "smi",
  staleSeconds: 0,
  reconcile: { count: 1, lastMs: 1, lastAt: null },
} as const;

const spaceOf = (name: string) => name.split("/")[0] ?? "";
const lastOf = (name: string) => name.split("/")[1] ?? "";
const workloadOf = (identity: string) => `${spaceOf(identity)}/deployment/${lastOf(identity)}`;

function proxyOf(identity: string): ConnectedProxy {
  return {
    id: proxyIdOf(identity),
    namespace: spaceOf(identity),
    pod: `${lastOf(identity)}-1`,
    identity,
    connectedAt: "2026-01-01T00:00:00Z",
    envoyVersion: "1.40.0",
    clientCertificate: certificateOf("proxy", identity),
    types: [],
  };
}

function certificateOf(kind: Certificate["kind"], identity: string): Certificate {
  return {
    identity,
    kind,
    subject: `CN=${identity}`,
    uris: [`spiffe://cluster.local/${lastOf(identity)}/${spaceOf(identity)}`],
    serial: `${kind}-${identity}`,
    issuer: "CN=root",
    notBefore: "2026-01-01T00:00:00Z",
    notAfter: "2036-01-01T00:00:00Z",
    provider: "built-in",
  };
}

function told(calls: readonly (readonly [string, string])[], now: number) {
  return calls.flatMap(([source, service], index) => {
    const ends = {
      sourceIdentity: source,
      sourceWorkload: workloadOf(source),
      destinationService: service,
      destinationIdentity: service,
      at: now,
    };
    const policy = `${spaceOf(service)}/policy-of-${lastOf(service)}/HTTPRouteGroup/routes/all`;
    return [
      someCall({ ...ends, id: `run.${2 * index + 2}`, pod: `${service}-1`, workload: workloadOf(service), policy }),
      refusedCall({ ...ends, id: `run.${2 * index + 1}`, pod: `${source}-1`, workload: workloadOf(source) }),
    ];
  });
}

function aggregateOf([source, destination]: readonly [string, string], now: number) {
  const policy = `${spaceOf(destination)}/policy-of-${lastOf(destination)}/HTTPRouteGroup/routes/all`;
  const counts = { told: 1, estimated: 100, meanMs: 1, maxMs: 2, lastAt: now };
  const call = { protocol: "http", method: "GET", template: "/", status: 200, denied: false };
  return { source: workloadOf(source), destination, policy, ...call, ...counts };
}

function kindOf([source, service]: readonly [string, string], now: number) {
  return {
    sourceIdentity: source,
    destinationIdentity: service,
    destinationService: service,
    side: "client",
    protocol: "http",
    method: "GET",
    pathTemplate: "/",
    path: "/",
    outcome: "denied",
    policy: null,
    count: 3,
    firstAt: now,
    lastAt: now,
  };
}

function changeOf(identity: string, now: number) {
  return {
    at: now,
    kind: "TrafficTarget",
    namespace: spaceOf(identity),
    name: lastOf(identity),
    verb: "changed",
    by: "kubectl",
    summary: `sources ${identity} added`,
  };
}
