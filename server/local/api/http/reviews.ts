/** "May I?" and "Who am I?": whoever holds the token of this API may do everything. */
import { isObject, type JsonObject } from "../object";
import { badRequest, methodNotAllowed } from "../status";
import { REVIEWS } from "./discovery";
import { type Exchange, readBody, sendJson } from "./exchange";

const USER = { username: "meshdeck:local", groups: ["system:masters", "system:authenticated"] };

const EVERYTHING: JsonObject = {
  resourceRules: [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }],
  nonResourceRules: [{ verbs: ["*"], nonResourceURLs: ["*"] }],
  incomplete: false,
};

function statusOf(kind: string): JsonObject {
  if (kind === "SelfSubjectRulesReview") return EVERYTHING;
  if (kind === "SelfSubjectReview") return { userInfo: USER };
  return { allowed: true, reason: "the bearer of the local API's token may do everything" };
}

/** Answers a review, or returns false when the path is none. */
export async function serveReview(exchange: Exchange): Promise<boolean> {
  const [root, group, version, ...rest] = exchange.path;
  const plural = rest.length === 3 && rest[0] === "namespaces" ? rest[2] : rest.length === 1 ? rest[0] : undefined;
  const review = REVIEWS.find((one) => one.group === group && one.plural === plural);
  if (root !== "apis" || version !== "v1" || review === undefined) return false;
  if (exchange.method !== "POST") throw methodNotAllowed();
  const body = await readBody(exchange);
  if (!isObject(body)) throw badRequest("the body of the request must be an object");
  const metadata = { creationTimestamp: null };
  sendJson(exchange, 201, {
    ...body,
    kind: review.kind,
    apiVersion: `${review.group}/v1`,
    metadata,
    status: statusOf(review.kind),
  });
  return true;
}
