/** "May I?", "may they?", "who am I?" and "whose token is this?" */
import { API_AUDIENCES, type Authenticator } from "../authentication/authenticator";
import { bad } from "../kinds/rules";
import { at, isObject, type JsonObject, listAt, objectAt, textAt } from "../object";
import type { Policy } from "../rbac/policy";
import type { Attributes, Rule } from "../rbac/rule";
import { badRequest, type Cause, invalid, methodNotAllowed } from "../status";
import { type UserInfo, userInfoJson } from "../user";
import { REVIEWS } from "./discovery";
import { type Exchange, readBody, sendJson } from "./exchange";

export interface ReviewDeps {
  readonly policy: () => Policy;
  readonly authenticator: Authenticator;
}

interface Asked {
  readonly user: UserInfo;
  readonly spec: JsonObject;
  /** Of the path; empty for reviews of the cluster. */
  readonly namespace: string;
}

const AUTHORIZATION = "authorization.k8s.io";

function attributesIn(kind: string, spec: JsonObject): Attributes {
  const resource = spec.resourceAttributes;
  const path = spec.nonResourceAttributes;
  if (isObject(resource) === isObject(path)) {
    const why = "exactly one of nonResourceAttributes or resourceAttributes must be specified";
    throw invalid(AUTHORIZATION, kind, "", [bad("spec.resourceAttributes", resource ?? null, why)]);
  }
  if (isObject(path)) return { sort: "path", verb: textAt(path, "verb"), path: textAt(path, "path") };
  return {
    sort: "resource",
    verb: textAt(resource, "verb"),
    group: textAt(resource, "group"),
    version: textAt(resource, "version"),
    resource: textAt(resource, "resource"),
    subresource: textAt(resource, "subresource"),
    namespace: textAt(resource, "namespace"),
    name: textAt(resource, "name"),
  };
}

function texts(value: unknown, ...path: string[]): string[] {
  return listAt(value, ...path).filter((one) => typeof one === "string");
}

function subjectOf(kind: string, spec: JsonObject): UserInfo {
  const [username, groups] = [textAt(spec, "user"), texts(spec, "groups")];
  const cause: Cause = bad("spec.user", username, "at least one of user or group must be specified");
  if (username === "" && groups.length === 0) throw invalid(AUTHORIZATION, kind, "", [cause]);
  const extra = Object.keys(objectAt(spec, "extra")).map((key) => [key, texts(spec, "extra", key)] as const);
  return { username, uid: textAt(spec, "uid"), groups, extra: Object.fromEntries(extra) };
}

function access(deps: ReviewDeps, user: UserInfo, attributes: Attributes): JsonObject {
  const { allowed, reason } = deps.policy().decide(user, attributes);
  return { allowed, ...(reason === "" ? {} : { reason }) };
}

/** Whether somebody else may; in a namespace only about that namespace. */
function subjectAccess(deps: ReviewDeps, kind: string, asked: Asked): JsonObject {
  const attributes = attributesIn(kind, asked.spec);
  const user = subjectOf(kind, asked.spec);
  if (kind === "LocalSubjectAccessReview") {
    if (attributes.sort === "path")
      throw invalid(AUTHORIZATION, kind, "", [
        bad("spec.nonResourceAttributes", asked.spec.nonResourceAttributes, "disallowed on this kind of request"),
      ]);
    if (attributes.namespace !== asked.namespace)
      throw badRequest(`spec.resourceAttributes.namespace must match namespace: ${asked.namespace}`);
  }
  return access(deps, user, attributes);
}

function resourceRule({ verbs, apiGroups, resources, resourceNames }: Rule): JsonObject {
  const names = resourceNames.length === 0 ? {} : { resourceNames: [...resourceNames] };
  return { verbs: [...verbs], apiGroups: [...apiGroups], resources: [...resources], ...names };
}

function rules(deps: ReviewDeps, { user, spec }: Asked): JsonObject {
  const namespace = textAt(spec, "namespace");
  if (namespace === "") throw badRequest("no namespace on request");
  const { rules: all, problem } = deps.policy().rulesIn(user, namespace);
  return {
    resourceRules: all.filter((rule) => rule.resources.length > 0).map(resourceRule),
    nonResourceRules: all
      .filter((rule) => rule.nonResourceURLs.length > 0)
      .map((rule) => ({ verbs: [...rule.verbs], nonResourceURLs: [...rule.nonResourceURLs] })),
    incomplete: false,
    ...(problem === "" ? {} : { evaluationError: problem }),
  };
}

function token(deps: ReviewDeps, { spec }: Asked): JsonObject {
  const asked = texts(spec, "audiences");
  const given = textAt(spec, "token");
  if (given === "") throw badRequest("token is required for TokenReview in authentication");
  const identity = deps.authenticator.identify(given, asked.length === 0 ? API_AUDIENCES : asked);
  if (identity === null) return { user: {}, error: "invalid bearer token" };
  return { authenticated: true, user: userInfoJson(identity.user), audiences: [...identity.audiences] };
}

function statusOf(deps: ReviewDeps, kind: string, asked: Asked): JsonObject {
  switch (kind) {
    case "SelfSubjectRulesReview":
      return rules(deps, asked);
    case "SelfSubjectReview":
      return { userInfo: userInfoJson(asked.user) };
    case "SelfSubjectAccessReview":
      return access(deps, asked.user, attributesIn(kind, asked.spec));
    case "TokenReview":
      return token(deps, asked);
    default:
      return subjectAccess(deps, kind, asked);
  }
}

/** Answers a review, or returns false when the path is none. */
export async function serveReview(deps: ReviewDeps, exchange: Exchange): Promise<boolean> {
  const [root, group, version, ...rest] = exchange.path;
  const inNamespace = rest.length === 3 && rest[0] === "namespaces";
  const plural = inNamespace ? rest[2] : rest.length === 1 ? rest[0] : undefined;
  const review = REVIEWS.find((one) => one.group === group && one.plural === plural && one.namespaced === inNamespace);
  if (root !== "apis" || version !== "v1" || review === undefined) return false;
  if (exchange.method !== "POST") throw methodNotAllowed();
  const body = await readBody(exchange);
  if (!isObject(body)) throw badRequest("the body of the request must be an object");
  const asked = { user: exchange.user, spec: objectAt(body, "spec"), namespace: inNamespace ? (rest[1] ?? "") : "" };
  const status = statusOf(deps, review.kind, asked);
  const kind = { kind: review.kind, apiVersion: `${review.group}/v1` };
  const spec = at(body, "spec") === undefined ? {} : { spec: asked.spec };
  sendJson(exchange, 201, { ...kind, metadata: { creationTimestamp: null }, ...spec, status });
  return true;
}
