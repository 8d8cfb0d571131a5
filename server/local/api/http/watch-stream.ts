/** A watch as an HTTP answer that does not end: one JSON event a line. */
import type { Cluster, Target } from "../cluster";
import { apiVersionOf } from "../resource-type";
import { StatusError } from "../status";
import { type WatchOptions, watchObjects } from "../verbs/watch";
import type { Exchange } from "./exchange";
import { type Form, objectText } from "./representation";

export interface StreamOptions extends WatchOptions {
  readonly form: Form;
  readonly bookmarks: boolean;
  readonly timeoutSeconds: number;
}

const BOOKMARK_MS = 30_000;
/** A reader this far behind is let go; it comes back and takes up where it was. */
const BACKLOG_LIMIT_BYTES = 32 * 1024 * 1024;

/** Sends events until the client goes, the time is over, or `signal` says so. */
export function streamWatch(
  cluster: Cluster,
  target: Target,
  exchange: Exchange,
  options: StreamOptions,
  signal: AbortSignal,
): void {
  const { response } = exchange;
  let headsSent = false;
  let stop = (): void => {};
  let open = true;

  function bookmarkObject(resourceVersion: string, initialEnd: boolean): string {
    const annotations = initialEnd ? { annotations: { "k8s.io/initial-events-end": "true" } } : {};
    const metadata = { resourceVersion, creationTimestamp: null, ...annotations };
    if (options.form.sort === "table") {
      const table = {
        kind: "Table",
        apiVersion: `meta.k8s.io/${options.form.metaVersion}`,
        metadata: { resourceVersion },
        columnDefinitions: [],
      };
      return JSON.stringify({
        ...table,
        rows: [{ cells: [], object: { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata } }],
      });
    }
    return JSON.stringify({
      kind: target.type.kind,
      apiVersion: apiVersionOf(target.type, target.version.name),
      metadata,
    });
  }

  function send(type: string, object: string): void {
    if (!open) return;
    response.write(`{"type":"${type}","object":${object}}\n`);
    if (response.writableLength > BACKLOG_LIMIT_BYTES) close();
  }

  function bookmark(): void {
    if (options.bookmarks) send("BOOKMARK", bookmarkObject(String(cluster.store.revision), false));
  }

  function close(): void {
    if (!open) return;
    open = false;
    stop();
    clearInterval(timer);
    clearTimeout(end);
    signal.removeEventListener("abort", close);
    response.end();
  }

  const timer = setInterval(bookmark, BOOKMARK_MS);
  const end = setTimeout(() => {
    bookmark();
    close();
  }, options.timeoutSeconds * 1000);
  signal.addEventListener("abort", close);
  response.on("close", close);

  try {
    stop = watchObjects(cluster, target, options, {
      event({ type, object }) {
        begin();
        send(type, objectText(target, options.form, object, cluster.clock(), !headsSent));
        headsSent = true;
      },
      initialDone(resourceVersion) {
        begin();
        if (options.sendInitialEvents) send("BOOKMARK", bookmarkObject(resourceVersion, true));
      },
    });
    begin();
  } catch (error) {
    if (!(error instanceof StatusError) || error.status !== 410) {
      open = false;
      clearInterval(timer);
      clearTimeout(end);
      throw error;
    }
    // As an event, so that clients that have begun to read a stream understand it.
    begin();
    send("ERROR", JSON.stringify(error.toStatus()));
    close();
  }

  function begin(): void {
    if (response.headersSent) return;
    response.writeHead(200, {
      "content-type": "application/json",
      "cache-control": "no-cache, private",
      "transfer-encoding": "chunked",
    });
    response.flushHeaders();
  }
}
