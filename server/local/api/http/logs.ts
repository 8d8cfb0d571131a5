/** GET of a pod's log. */
import type { Cluster, Target } from "../cluster";
import { listAt, type Stored, textAt } from "../object";
import { badRequest, methodNotAllowed, notFound } from "../status";
import { getObject } from "../verbs/read";
import { type Exchange, sendText } from "./exchange";

export interface LogQuery {
  readonly namespace: string;
  readonly name: string;
  readonly container: string;
  readonly tailLines?: number;
  readonly sinceSeconds?: number;
  readonly follow: boolean;
  readonly previous: boolean;
  readonly timestamps: boolean;
}

/** The log's text: at once (null when there is none), or piece by piece while it is followed. */
export type PodLogs = (query: LogQuery) => AsyncIterable<string> | Promise<string | null>;

function containersOf(pod: Stored): string[] {
  return ["containers", "initContainers", "ephemeralContainers"].flatMap((field) =>
    listAt(pod, "spec", field).map((one) => textAt(one, "name")),
  );
}

function containerOf(pod: Stored, asked: string): string {
  const all = containersOf(pod);
  const name = pod.metadata.name;
  if (asked !== "") {
    if (!all.includes(asked)) throw badRequest(`container ${asked} is not valid for pod ${name}`);
    return asked;
  }
  const marked = pod.metadata.annotations?.["kubectl.kubernetes.io/default-container"];
  if (marked !== undefined && all.includes(marked)) return marked;
  const apps = listAt(pod, "spec", "containers").map((one) => textAt(one, "name"));
  if (apps.length === 1 && all.length === 1) return apps[0] ?? "";
  throw badRequest(`a container name must be specified for pod ${name}, choose one of: [${all.join(" ")}]`);
}

function number(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0)
    throw badRequest(`${name} must be a whole number of 0 or more, is ${JSON.stringify(text)}`);
  return value;
}

function readQuery(target: Target, pod: Stored, query: URLSearchParams, now: Date): LogQuery {
  const since = query.get("sinceTime");
  const tailLines = number(query, "tailLines");
  const sinceSeconds =
    since === null ? number(query, "sinceSeconds") : Math.max(0, Math.ceil((now.getTime() - Date.parse(since)) / 1000));
  return {
    namespace: target.namespace,
    name: target.name,
    container: containerOf(pod, query.get("container") ?? ""),
    follow: query.get("follow") === "true",
    previous: query.get("previous") === "true",
    timestamps: query.get("timestamps") === "true",
    ...(tailLines === undefined ? {} : { tailLines }),
    ...(sinceSeconds === undefined || Number.isNaN(sinceSeconds) ? {} : { sinceSeconds }),
  };
}

function missing(query: LogQuery): Error {
  if (query.previous)
    return badRequest(`previous terminated container "${query.container}" in pod "${query.name}" not found`);
  return badRequest(`container "${query.container}" in pod "${query.name}" is waiting to start: it has no log yet`);
}

/** Sends what there is and, when asked to follow, what comes. */
export async function serveLogs(cluster: Cluster, podLogs: PodLogs, target: Target, exchange: Exchange): Promise<void> {
  if (exchange.method !== "GET") throw methodNotAllowed();
  const pod = getObject(cluster, target);
  if (pod.kind !== "Pod") throw notFound(target.type, target.name);
  const query = readQuery(target, pod, exchange.query, cluster.clock());
  const limit = number(exchange.query, "limitBytes") ?? Number.POSITIVE_INFINITY;
  const logs = podLogs(query);
  const { response } = exchange;
  if (!(Symbol.asyncIterator in logs)) {
    const text = await logs;
    if (text === null) throw missing(query);
    return sendText(
      exchange,
      200,
      Number.isFinite(limit) ? Buffer.from(text).subarray(0, limit).toString() : text,
      "text/plain",
    );
  }
  response.writeHead(200, {
    "content-type": "text/plain",
    "transfer-encoding": "chunked",
    "cache-control": "no-cache, private",
  });
  response.flushHeaders();
  const pieces = logs[Symbol.asyncIterator]();
  response.on("close", () => void pieces.return?.());
  let left = limit;
  for (
    let piece = await pieces.next();
    piece.done !== true && left > 0 && !response.destroyed;
    piece = await pieces.next()
  ) {
    const bytes = Buffer.from(piece.value).subarray(0, left);
    left -= bytes.length;
    if (!response.write(bytes)) await drained(response);
  }
  response.end();
}

/** Until the reader has taken what was written, or is gone. */
function drained(response: NodeJS.EventEmitter): Promise<void> {
  return new Promise((resolve) => {
    response.once("drain", resolve);
    response.once("close", resolve);
  });
}
