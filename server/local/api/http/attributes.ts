/** What a request wants to do, read from its method and path as Kubernetes reads them. */
import type { Attributes } from "../rbac/rule";
import type { Exchange } from "./exchange";

const VERBS: Readonly<Record<string, string>> = {
  POST: "create",
  GET: "get",
  HEAD: "get",
  PUT: "update",
  PATCH: "patch",
  DELETE: "delete",
};
/** Of a namespace itself; anything else after its name is a kind inside it. */
const OF_NAMESPACES = new Set(["status", "finalize"]);
const ONE_NAME = /(?:^|,)\s*metadata\.name==?([^,\s]+)/;

function listVerb(query: URLSearchParams): string {
  const watch = query.get("watch");
  return watch === "true" || watch === "1" ? "watch" : "list";
}

function splitPath(path: readonly string[]): { group: string; version: string; rest: readonly string[] } | null {
  if (path[0] === "api" && path.length > 2) return { group: "", version: path[1] ?? "", rest: path.slice(2) };
  if (path[0] === "apis" && path.length > 3)
    return { group: path[1] ?? "", version: path[2] ?? "", rest: path.slice(3) };
  return null;
}

/** A path with objects in it asks for those, whether such a kind exists or not; any other asks for itself. */
export function attributesOf(exchange: Exchange): Attributes {
  const { method, query } = exchange;
  const split = splitPath(exchange.path);
  if (split === null) return { sort: "path", verb: method.toLowerCase(), path: `/${exchange.path.join("/")}` };
  const { group, version, rest } = split;
  const inNamespace = rest[0] === "namespaces" && rest[1] !== undefined;
  const inside = inNamespace && rest[2] !== undefined && !OF_NAMESPACES.has(rest[2]);
  const [resource = "", name = "", subresource = ""] = inside ? rest.slice(2) : rest;
  let verb = VERBS[method] ?? "";
  let named = name;
  if (name === "" && verb === "get") {
    verb = listVerb(query);
    // Rights to one object by name hold for a list and a watch of that one.
    named = ONE_NAME.exec(query.get("fieldSelector") ?? "")?.[1] ?? "";
  } else if (name === "" && verb === "delete") verb = "deletecollection";
  const namespace = inNamespace ? (rest[1] ?? "") : "";
  return { sort: "resource", verb, group, version, resource, subresource, namespace, name: named };
}
