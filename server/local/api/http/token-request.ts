/** `kubectl create token`: a token for a ServiceAccount. */
import type { AccountTokens, BoundObject } from "../authentication/account-tokens";
import { API_AUDIENCES } from "../authentication/authenticator";
import { type Cluster, type Target, timestamp } from "../cluster";
import { cleanAs } from "../kinds/built-in-shape";
import { bad } from "../kinds/rules";
import { isObject, type JsonObject, listAt, objectAt, type Stored, textAt } from "../object";
import { badRequest, conflict, invalid, methodNotAllowed, notFound } from "../status";
import { getObject } from "../verbs/read";
import { type Exchange, readBody, sendJson } from "./exchange";

const GROUP = "authentication.k8s.io";
const KIND = "TokenRequest";
const DEFAULT_SECONDS = 3600;
const LEAST_SECONDS = 600;
const MOST_SECONDS = 2 ** 32;

function secondsOf(body: JsonObject): number {
  const asked = objectAt(body, "spec").expirationSeconds ?? DEFAULT_SECONDS;
  const problem =
    typeof asked !== "number" || asked < LEAST_SECONDS
      ? "may not specify a duration less than 10 minutes"
      : asked > MOST_SECONDS
        ? "may not specify a duration larger than 2^32 seconds"
        : null;
  if (problem !== null) throw invalid(GROUP, KIND, "", [bad("spec.expirationSeconds", asked, problem)]);
  return asked as number;
}

/** The object the token is to end with. */
function boundOf(cluster: Cluster, account: Stored, body: JsonObject): BoundObject | null {
  const reference = objectAt(body, "spec", "boundObjectRef");
  const [kind, name, uid] = ["kind", "name", "uid"].map((field) => textAt(reference, field)) as [
    string,
    string,
    string,
  ];
  if (kind === "") return null;
  if ((kind !== "Pod" && kind !== "Secret") || textAt(reference, "apiVersion") !== "v1")
    throw badRequest(
      `cannot bind token for serviceaccount ${JSON.stringify(account.metadata.name)} to object of type ${textAt(reference, "apiVersion")}, Kind=${kind}`,
    );
  const type = { group: "", plural: kind === "Pod" ? "pods" : "secrets" };
  const found = cluster.store.get(type, account.metadata.namespace ?? "", name);
  if (found === null) throw notFound(type, name);
  const has = found.metadata.uid ?? "";
  if (uid !== "" && uid !== has)
    throw conflict(
      type,
      name,
      `the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`,
    );
  if (kind === "Pod" && textAt(found, "spec", "serviceAccountName") !== account.metadata.name)
    throw badRequest(
      `cannot bind token for serviceaccount ${JSON.stringify(account.metadata.name)} to pod ${JSON.stringify(name)} running with a different serviceaccount name`,
    );
  return { kind, name, uid: has };
}

/** Answers a POST of serviceaccounts/NAME/token. */
export async function serveTokenRequest(
  cluster: Cluster,
  tokens: AccountTokens,
  target: Target,
  exchange: Exchange,
): Promise<void> {
  if (exchange.method !== "POST") throw methodNotAllowed();
  const account = getObject(cluster, target);
  const body = (await readBody(exchange)) ?? {};
  if (!isObject(body)) throw badRequest("the body of the request must be an object");
  cleanAs("authentication.v1.TokenRequest", body);
  const seconds = secondsOf(body);
  const asked = listAt(body, "spec", "audiences").filter((one) => typeof one === "string");
  const audiences = asked.length === 0 ? API_AUDIENCES : asked;
  const now = cluster.clock();
  const issuedAtSeconds = Math.floor(now.getTime() / 1000);
  const { name, namespace = "", uid = "" } = account.metadata;
  const bound = boundOf(cluster, account, body);
  const token = tokens.issue({
    namespace,
    account: { name, uid },
    bound,
    audiences,
    issuedAtSeconds,
    expiresAtSeconds: issuedAtSeconds + seconds,
    id: cluster.newUid(),
  });
  const expirationTimestamp = timestamp(new Date((issuedAtSeconds + seconds) * 1000));
  sendJson(exchange, 201, {
    kind: KIND,
    apiVersion: `${GROUP}/v1`,
    metadata: { name, namespace, creationTimestamp: timestamp(now) },
    spec: { ...objectAt(body, "spec"), audiences: [...audiences], expirationSeconds: seconds },
    status: { token, expirationTimestamp },
  });
}
