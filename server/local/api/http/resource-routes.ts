/** The URLs of objects: `/api/v1/namespaces/a/pods/b/status` and the like. */
import type { Cluster, Target, WriteOptions } from "../cluster";
import { unsupported } from "../kinds/rules";
import { isObject, type Stored } from "../object";
import { badRequest, invalid, methodNotAllowed, type StatusError, unknownPath } from "../status";
import { createObject } from "../verbs/create";
import { deleteObject, deleteOptionsOf } from "../verbs/delete";
import { patchObject, patchTypeOf } from "../verbs/patch";
import { getObject, listObjects } from "../verbs/read";
import { patchScale, readScale, replaceScale } from "../verbs/scale";
import { replaceObject } from "../verbs/update";
import { type Exchange, header, mediaType, readBody, sendJson, sendText, warn } from "./exchange";
import { type Form, formOf, listText, objectText } from "./representation";
import { streamWatch } from "./watch-stream";

const MIN_WATCH_SECONDS = 1800;

/** What a path names, or null when it is not of an object. */
export function targetOfPath(cluster: Cluster, path: readonly string[]): Target | null {
  const core = path[0] === "api";
  if (!core && path[0] !== "apis") return null;
  const [group, version, rest] = core
    ? ["", path[1] ?? "", path.slice(2)]
    : [path[1] ?? "", path[2] ?? "", path.slice(3)];
  if (rest.length === 0) return null;
  const inNamespace =
    rest[0] === "namespaces" &&
    rest.length > 2 &&
    cluster.registry.find(group, version, rest[2] ?? "")?.type.namespaced === true;
  const [namespace, plural = "", name = "", subresource = ""] = inNamespace ? rest.slice(1) : ["", ...rest];
  if (rest.length > (inNamespace ? 5 : 3)) return null;
  const found = cluster.registry.find(group, version, plural);
  return found === null ? null : { ...found, namespace: namespace ?? "", name, subresource };
}

function flag(query: URLSearchParams, name: string): boolean {
  const value = query.get(name);
  return value === "true" || value === "1";
}

function count(query: URLSearchParams, name: string): number {
  const value = query.get(name) ?? "";
  if (value === "") return 0;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0)
    throw badRequest(`${name} must be a whole number of 0 or more, is ${JSON.stringify(value)}`);
  return number;
}

/** kubectl names itself; others are known by the first word of their User-Agent. */
function managerOf(exchange: Exchange): string {
  return (
    exchange.query.get("fieldManager") ||
    (header(exchange, "user-agent").split("/")[0] ?? "").slice(0, 128) ||
    "unknown"
  );
}

function invalidOption(field: string, value: string, supported: readonly string[]): StatusError {
  return invalid("meta.k8s.io", "Options", "", [unsupported(field, value, supported)]);
}

function writeOptions(exchange: Exchange): WriteOptions {
  const dryRun = exchange.query.getAll("dryRun");
  const wrong = dryRun.find((value) => value !== "All");
  if (wrong !== undefined) throw invalidOption("dryRun", wrong, ["All"]);
  const validation = exchange.query.get("fieldValidation") || "Warn";
  if (validation !== "Strict" && validation !== "Warn" && validation !== "Ignore") {
    throw invalidOption("fieldValidation", validation, ["Ignore", "Strict", "Warn"]);
  }
  return {
    dryRun: dryRun.length > 0,
    fieldValidation: validation,
    manager: managerOf(exchange),
    warn: (text) => warn(exchange, text),
    user: exchange.user,
  };
}

function sendObject(cluster: Cluster, target: Target, exchange: Exchange, object: Stored, status = 200): void {
  sendText(exchange, status, objectText(target, form(exchange), object, cluster.clock()));
}

function form(exchange: Exchange): Form {
  return formOf(header(exchange, "accept"), exchange.query.get("includeObject") ?? "");
}

function selection(query: URLSearchParams): { labelSelector: string; fieldSelector: string } {
  return { labelSelector: query.get("labelSelector") ?? "", fieldSelector: query.get("fieldSelector") ?? "" };
}

function list(cluster: Cluster, target: Target, exchange: Exchange): void {
  const { query } = exchange;
  const listed = listObjects(cluster, target, {
    ...selection(query),
    limit: count(query, "limit"),
    continueToken: query.get("continue") ?? "",
    resourceVersion: query.get("resourceVersion") ?? "",
    resourceVersionMatch: query.get("resourceVersionMatch") ?? "",
  });
  const { items, ...rest } = listed;
  sendText(exchange, 200, listText(target, form(exchange), items, { now: cluster.clock(), heads: true, ...rest }));
}

function watch(cluster: Cluster, target: Target, exchange: Exchange, signal: AbortSignal): void {
  const { query } = exchange;
  const timeout = count(query, "timeoutSeconds");
  streamWatch(
    cluster,
    target,
    exchange,
    {
      ...selection(query),
      resourceVersion: query.get("resourceVersion") ?? "",
      sendInitialEvents: flag(query, "sendInitialEvents"),
      form: form(exchange),
      bookmarks: flag(query, "allowWatchBookmarks"),
      timeoutSeconds: timeout > 0 ? timeout : MIN_WATCH_SECONDS * (1 + Math.random()),
    },
    signal,
  );
}

async function deleteOptionsFrom(exchange: Exchange): Promise<unknown> {
  const body = await readBody(exchange);
  const { query } = exchange;
  const grace = query.get("gracePeriodSeconds");
  const policy = query.get("propagationPolicy");
  return {
    ...(isObject(body) ? body : {}),
    ...(grace === null ? {} : { gracePeriodSeconds: Number(grace) }),
    ...(policy === null ? {} : { propagationPolicy: policy }),
  };
}

/** Options of a DELETE may also ask for a dry run in the body. */
function withBodyDryRun(options: WriteOptions, body: unknown): WriteOptions {
  return isObject(body) && Array.isArray(body.dryRun) && body.dryRun.includes("All")
    ? { ...options, dryRun: true }
    : options;
}

async function remove(cluster: Cluster, target: Target, exchange: Exchange): Promise<void> {
  const body = await deleteOptionsFrom(exchange);
  const deleted = await deleteObject(
    cluster,
    target,
    deleteOptionsOf(body),
    withBodyDryRun(writeOptions(exchange), body),
  );
  if (!deleted.gone) return sendObject(cluster, target, exchange, deleted.object);
  const { type } = target;
  const details = {
    name: target.name,
    ...(type.group === "" ? {} : { group: type.group }),
    kind: type.plural,
    uid: deleted.object.metadata.uid,
  };
  sendJson(exchange, 200, { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details });
}

async function removeAll(cluster: Cluster, target: Target, exchange: Exchange): Promise<void> {
  const body = await deleteOptionsFrom(exchange);
  const options = withBodyDryRun(writeOptions(exchange), body);
  const { query } = exchange;
  const { items } = listObjects(cluster, target, {
    ...selection(query),
    limit: 0,
    continueToken: "",
    resourceVersion: "",
    resourceVersionMatch: "",
  });
  for (const item of items) {
    await deleteObject(
      cluster,
      { ...target, namespace: item.metadata.namespace ?? "", name: item.metadata.name },
      deleteOptionsOf(body),
      options,
    );
  }
  sendText(
    exchange,
    200,
    listText(target, form(exchange), items, {
      now: cluster.clock(),
      heads: true,
      resourceVersion: String(cluster.store.revision),
    }),
  );
}

async function collection(cluster: Cluster, target: Target, exchange: Exchange, signal: AbortSignal): Promise<void> {
  switch (exchange.method) {
    case "HEAD":
    case "GET":
      return flag(exchange.query, "watch") ? watch(cluster, target, exchange, signal) : list(cluster, target, exchange);
    case "POST":
      if (target.type.namespaced && target.namespace === "") throw methodNotAllowed();
      return sendObject(
        cluster,
        target,
        exchange,
        await createObject(cluster, target, await readBody(exchange), writeOptions(exchange)),
        201,
      );
    case "DELETE":
      if (target.type.namespaced && target.namespace === "") throw methodNotAllowed();
      return removeAll(cluster, target, exchange);
    default:
      throw methodNotAllowed();
  }
}

async function bodyObject(exchange: Exchange) {
  const body = await readBody(exchange);
  if (!isObject(body)) throw badRequest("the body of the request must be an object");
  return body;
}

async function one(cluster: Cluster, target: Target, exchange: Exchange, signal: AbortSignal): Promise<void> {
  switch (exchange.method) {
    case "HEAD":
    case "GET":
      if (flag(exchange.query, "watch")) return watch(cluster, target, exchange, signal);
      return sendObject(
        cluster,
        target,
        exchange,
        getObject(cluster, target, exchange.query.get("resourceVersion") ?? ""),
      );
    case "PUT":
      return sendObject(
        cluster,
        target,
        exchange,
        await replaceObject(cluster, target, await bodyObject(exchange), writeOptions(exchange)),
      );
    case "PATCH": {
      const type = patchTypeOf(mediaType(exchange));
      return sendObject(
        cluster,
        target,
        exchange,
        await patchObject(cluster, target, { type, body: await readBody(exchange) }, writeOptions(exchange)),
      );
    }
    case "DELETE":
      if (target.subresource !== "") throw methodNotAllowed();
      return remove(cluster, target, exchange);
    default:
      throw methodNotAllowed();
  }
}

async function scale(cluster: Cluster, target: Target, exchange: Exchange): Promise<void> {
  switch (exchange.method) {
    case "GET":
      return sendJson(exchange, 200, readScale(cluster, target));
    case "PUT":
      return sendJson(
        exchange,
        200,
        await replaceScale(cluster, target, await bodyObject(exchange), writeOptions(exchange)),
      );
    case "PATCH": {
      const type = patchTypeOf(mediaType(exchange));
      return sendJson(
        exchange,
        200,
        await patchScale(cluster, target, { type, body: await readBody(exchange) }, writeOptions(exchange)),
      );
    }
    default:
      throw methodNotAllowed();
  }
}

async function evict(cluster: Cluster, target: Target, exchange: Exchange): Promise<void> {
  if (exchange.method !== "POST") throw methodNotAllowed();
  const body = await bodyObject(exchange);
  await deleteObject(
    cluster,
    { ...target, subresource: "" },
    deleteOptionsOf(body.deleteOptions),
    withBodyDryRun(writeOptions(exchange), body.deleteOptions),
  );
  sendJson(exchange, 201, { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success" });
}

/** Answers a request about objects. */
export async function serveObjects(
  cluster: Cluster,
  target: Target,
  exchange: Exchange,
  signal: AbortSignal,
): Promise<void> {
  const { type, version, subresource } = target;
  if (target.name === "") return collection(cluster, target, exchange, signal);
  if (type.namespaced && target.namespace === "") throw unknownPath();
  if (subresource === "") return one(cluster, target, exchange, signal);
  if (subresource === "status" && version.hasStatus && exchange.method !== "DELETE")
    return one(cluster, target, exchange, signal);
  if (subresource === "scale" && version.scale !== null) return scale(cluster, target, exchange);
  if (type.group === "" && type.plural === "namespaces" && subresource === "finalize" && exchange.method === "PUT")
    return one(cluster, target, exchange, signal);
  if (type.group === "" && type.plural === "pods" && subresource === "eviction")
    return evict(cluster, target, exchange);
  throw unknownPath();
}
