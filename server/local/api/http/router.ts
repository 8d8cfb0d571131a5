/** Which part of the API a request is for. */
import type { AccountTokens } from "../authentication/account-tokens";
import type { Cluster } from "../cluster";
import type { JsonObject } from "../object";
import { methodNotAllowed, unknownPath } from "../status";
import { aggregatedDiscovery, groupList, oneGroup, resourceList } from "./discovery";
import { type Exchange, header, sendJson, sendText } from "./exchange";
import { type PodLogs, serveLogs } from "./logs";
import { serveOpenApi } from "./openapi-routes";
import { serveObjects, targetOfPath } from "./resource-routes";
import { type ReviewDeps, serveReview } from "./reviews";
import { serveTokenRequest } from "./token-request";

export interface RouterDeps extends ReviewDeps {
  readonly cluster: Cluster;
  readonly tokens: AccountTokens;
  readonly podLogs: PodLogs;
  /** `127.0.0.1:PORT` */
  readonly address: () => string;
  /** Aborted when the API closes: watches end. */
  readonly closing: AbortSignal;
}

const KUBERNETES_VERSION = "v1.32.4+meshdeck";

function version(): JsonObject {
  return {
    major: "1",
    minor: "32",
    gitVersion: KUBERNETES_VERSION,
    gitCommit: "",
    gitTreeState: "clean",
    buildDate: "1970-01-01T00:00:00Z",
    goVersion: "none",
    compiler: "none",
    platform: `${process.platform}/${process.arch === "x64" ? "amd64" : process.arch}`,
  };
}

/** The version of aggregated discovery a client asks for, or null when it wants the older documents. */
function aggregated(accept: string): "v2" | "v2beta1" | null {
  if (!accept.includes("as=APIGroupDiscoveryList")) return null;
  return accept.includes("v=v2;") || accept.endsWith("v=v2") ? "v2" : "v2beta1";
}

function serveRoots(deps: RouterDeps, exchange: Exchange): boolean {
  const { registry } = deps.cluster;
  const [root, group = "", versionName] = exchange.path;
  const length = exchange.path.length;
  if (length === 1) {
    const v = aggregated(header(exchange, "accept"));
    if (v !== null) {
      const type = `application/json;g=apidiscovery.k8s.io;v=${v};as=APIGroupDiscoveryList`;
      sendText(exchange, 200, JSON.stringify(aggregatedDiscovery(registry, root === "api", v)), type);
    } else if (root === "api") {
      const addresses = [{ clientCIDR: "0.0.0.0/0", serverAddress: deps.address() }];
      sendJson(exchange, 200, { kind: "APIVersions", versions: ["v1"], serverAddressByClientCIDRs: addresses });
    } else sendJson(exchange, 200, groupList(registry));
    return true;
  }
  const document = documentAt(deps, root ?? "", group, versionName, length);
  if (document === undefined) return false;
  if (document === null) throw unknownPath();
  sendJson(exchange, 200, document);
  return true;
}

function documentAt(
  deps: RouterDeps,
  root: string,
  group: string,
  versionName: string | undefined,
  length: number,
): JsonObject | null | undefined {
  const { registry } = deps.cluster;
  if (root === "api" && length === 2) return resourceList(registry, "", group);
  if (root === "apis" && length === 2) return oneGroup(registry, group);
  if (root === "apis" && length === 3) return resourceList(registry, group, versionName ?? "");
  return undefined;
}

function servePublic(exchange: Exchange): boolean {
  const first = exchange.path[0] ?? "";
  if (first === "version" && exchange.path.length === 1) sendJson(exchange, 200, version());
  else if (["healthz", "readyz", "livez"].includes(first))
    sendText(exchange, 200, exchange.query.has("verbose") ? `[+]ping ok\n${first} check passed\n` : "ok", "text/plain");
  else return false;
  return true;
}

/** Answers one request that has been let in. Throws a StatusError for what it refuses. */
export async function route(deps: RouterDeps, exchange: Exchange): Promise<void> {
  const [root] = exchange.path;
  const reads = exchange.method === "GET" || exchange.method === "HEAD";
  if (reads && servePublic(exchange)) return;
  if (root === undefined && reads) {
    return sendJson(exchange, 200, {
      paths: ["/api", "/apis", "/healthz", "/livez", "/openapi/v3", "/readyz", "/version"],
    });
  }
  if (root === "openapi") return serveOpenApi(deps.cluster, exchange);
  if (root !== "api" && root !== "apis") throw unknownPath();
  if (exchange.path.length <= (root === "api" ? 2 : 3)) {
    if (!reads) throw methodNotAllowed();
    if (serveRoots(deps, exchange)) return;
  }
  if (await serveReview(deps, exchange)) return;
  const target = targetOfPath(deps.cluster, exchange.path);
  if (target === null) throw unknownPath();
  const what = target.type.group === "" ? `${target.type.plural}/${target.subresource}` : "";
  if (what === "pods/log") return serveLogs(deps.cluster, deps.podLogs, target, exchange);
  if (what === "serviceaccounts/token") return serveTokenRequest(deps.cluster, deps.tokens, target, exchange);
  return serveObjects(deps.cluster, target, exchange, deps.closing);
}
