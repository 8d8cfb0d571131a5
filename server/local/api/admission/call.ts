/** Calls one webhook over HTTPS and reads its answer. */
import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { isObject, type JsonObject, objectAt, textAt } from "../object";
import type { Hook } from "./match";

/** Where a webhook given by Service is reached: `{url, servername}`, or null when there is no such Service. */
export type ServiceResolver = (service: {
  namespace: string;
  name: string;
  port: number;
  path: string;
}) => string | null;

const ANSWER_LIMIT_BYTES = 3 * 1024 * 1024;
const agents = new Map<string, Agent>();

/** One agent per authority, so that connections are kept and no authority vouches for another's webhook. */
function agentFor(caBundle: string, servername: string): Agent {
  const key = `${servername}\n${caBundle}`;
  const known = agents.get(key);
  if (known !== undefined) return known;
  const ca = caBundle === "" ? undefined : Buffer.from(caBundle, "base64").toString("utf8");
  const made = new Agent({
    keepAlive: true,
    maxSockets: 32,
    ...(ca === undefined ? {} : { ca }),
    ...(servername === "" ? {} : { servername }),
  });
  agents.set(key, made);
  return made;
}

function destination(hook: Hook, resolve: ServiceResolver): { url: URL; servername: string } {
  const client = objectAt(hook.settings, "clientConfig");
  if (!isObject(client.service)) return { url: new URL(textAt(client, "url")), servername: "" };
  const service = client.service;
  const [namespace, name] = [textAt(service, "namespace"), textAt(service, "name")];
  const port = typeof service.port === "number" ? service.port : 443;
  const path = textAt(service, "path") || "/";
  const url = resolve({ namespace, name, port, path });
  if (url === null) throw new Error(`service "${name}" not found`);
  return { url: new URL(url), servername: `${name}.${namespace}.svc` };
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += (chunk as Buffer).length;
    if (size > ANSWER_LIMIT_BYTES) throw new Error("the answer is larger than 3 MiB");
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function post(url: URL, agent: Agent, text: string, timeoutSeconds: number): Promise<{ status: number; text: string }> {
  const signal = AbortSignal.timeout(timeoutSeconds * 1000);
  const headers = {
    "content-type": "application/json",
    accept: "application/json",
    "content-length": Buffer.byteLength(text),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", agent, headers, signal }, (response) => {
      bodyOf(response).then((body) => resolve({ status: response.statusCode ?? 0, text: body }), reject);
    });
    sent.on("error", (error) => reject(signal.aborted ? new Error(`no answer within ${timeoutSeconds} s`) : error));
    sent.end(text);
  });
}

/** The `response` of the AdmissionReview. Throws when the webhook cannot be asked or answers nonsense. */
export async function callHook(hook: Hook, review: JsonObject, resolve: ServiceResolver): Promise<JsonObject> {
  const { url, servername } = destination(hook, resolve);
  const timeout = hook.settings.timeoutSeconds;
  const agent = agentFor(textAt(hook.settings, "clientConfig", "caBundle"), servername);
  const answer = await post(url, agent, JSON.stringify(review), typeof timeout === "number" ? timeout : 10);
  if (answer.status !== 200) throw new Error(`it answered ${answer.status}`);
  const parsed: unknown = JSON.parse(answer.text);
  const response = objectAt(parsed, "response");
  if (textAt(parsed, "apiVersion") !== "admission.k8s.io/v1" || typeof response.allowed !== "boolean") {
    throw new Error("its answer is no AdmissionReview of admission.k8s.io/v1");
  }
  if (response.uid !== objectAt(review, "request").uid) throw new Error("its answer carries another request's uid");
  return response;
}

/** Ends idle connections. */
export function closeHookConnections(): void {
  for (const agent of agents.values()) agent.destroy();
  agents.clear();
}
