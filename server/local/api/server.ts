/** The embedded Kubernetes API: a stand-in for a cluster on one machine, for development. */
import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { AppError } from "@/lib/contract/errors";
import { createAdmission } from "./admission/admission";
import { closeHookConnections, type ServiceResolver } from "./admission/call";
import { createAccountTokens } from "./authentication/account-tokens";
import { createAuthenticator } from "./authentication/authenticator";
import { loadSigningKey } from "./authentication/signing-key";
import type { ApiLog, Cluster } from "./cluster";
import { admit, isLoopback } from "./http/access";
import { type Exchange, openExchange, sendFailure, unreadable } from "./http/exchange";
import type { PodLogs } from "./http/logs";
import { storedText } from "./http/representation";
import { type RouterDeps, route } from "./http/router";
import { createKubeStore, type KubeStore } from "./in-process";
import { builtIns } from "./kinds/built-ins";
import { kubeconfigText } from "./kubeconfig";
import { followDefinitions } from "./lifecycle/definitions";
import { dropOldEvents } from "./lifecycle/event-age";
import { followOwners } from "./lifecycle/garbage";
import { ensureSystemNamespaces, followNamespaces } from "./lifecycle/namespaces";
import { ensureDefaultRoles, followAggregation, followPolicy } from "./lifecycle/roles";
import { loadDefinitions } from "./load-definitions";
import { createRegistry } from "./registry";
import { createSnapshotter, loadSnapshot } from "./store/snapshot";
import { createStore, type Store } from "./store/store";
import { loadServerTls, type ServerTls } from "./tls";

export type { PodLogs } from "./http/logs";
export type { KubeStore } from "./in-process";

export interface KubeApiOptions {
  /** A loopback address or `localhost`. Anything else is refused. */
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Holds state.json, the API's certificate and the key of its tokens. */
  readonly dataFolder: string;
  /** Whoever bears it may do everything. */
  readonly token: string;
  /** Folder of CustomResourceDefinitions (YAML) to load. */
  readonly crdFolder: string;
  /** `false` serves plain HTTP. Left out: a certificate of its own, kept in the data folder. */
  readonly tls?: ServerTls | false;
  readonly log: ApiLog;
  readonly podLogs: PodLogs;
  /** Left out: the machine's. */
  readonly clock?: () => Date;
  /** Where webhooks named by Service are reached. Left out: they are not. */
  readonly resolveService?: ServiceResolver;
}

export interface KubeApi {
  readonly port: number;
  readonly url: string;
  /** Null over plain HTTP. */
  readonly caPem: string | null;
  /** YAML. */
  kubeconfig(): string;
  readonly store: KubeStore;
  /** What was found wrong at the start, a sentence each. */
  readonly warnings: readonly string[];
  /** Ends watches, writes the state and stops listening. */
  close(): Promise<void>;
}

const NAMESPACE_RETRY_MS = 250;
const EVENT_SWEEP_MS = 60_000;

function createCluster(store: Store, options: KubeApiOptions): Cluster {
  const clock = options.clock ?? (() => new Date());
  const services = () => store.list({ group: "", plural: "services" });
  const resolveService = options.resolveService ?? (() => null);
  return {
    store,
    registry: createRegistry(builtIns(services, clock)),
    admission: createAdmission({ store, newUid: randomUUID, resolveService, log: options.log }),
    clock,
    newUid: randomUUID,
    log: options.log,
  };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      const message = taken
        ? `Port ${port} on ${host} is taken by another program.`
        : `The local Kubernetes API cannot listen on ${host}:${port}: ${error.message}.`;
      reject(
        new AppError("internal", message, {
          hint: taken ? "Stop that program or choose another port." : "Choose another address.",
          cause: error,
        }),
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Starts the API. Throws an AppError when the folder cannot be written to, the port is taken, or the host is not loopback. */
export async function createKubeApi(options: KubeApiOptions): Promise<KubeApi> {
  const { host, log } = options;
  if (!isLoopback(host)) {
    throw new AppError(
      "invalid_request",
      `The local Kubernetes API listens on loopback addresses only, not on ${host}.`,
      { hint: "Use 127.0.0.1." },
    );
  }
  if (options.token === "")
    throw new AppError("invalid_request", "The local Kubernetes API needs a token.", { hint: "Give a random one." });
  const loaded = loadSnapshot(options.dataFolder, new Date());
  for (const warning of loaded.warnings) log.warn({}, warning);
  const store = createStore(loaded.content);
  const cluster = createCluster(store, options);
  const snapshot = createSnapshotter(options.dataFolder, store, storedText, (error) =>
    log.warn({ error: String(error) }, "the state of the local API could not be written"),
  );
  await snapshot.open();
  store.onChange(() => snapshot.touch());

  const timers = new Set<NodeJS.Timeout>();
  followDefinitions(cluster);
  followOwners(cluster);
  followNamespaces(cluster, (work) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, NAMESPACE_RETRY_MS).unref();
    timers.add(timer);
  });
  await loadDefinitions(cluster, options.crdFolder);
  await ensureSystemNamespaces(cluster);
  await ensureDefaultRoles(cluster);
  await followAggregation(cluster);
  const sweep = setInterval(() => dropOldEvents(cluster), EVENT_SWEEP_MS).unref();

  const closing = new AbortController();
  // Every open watch waits for it.
  setMaxListeners(0, closing.signal);
  const tls = options.tls === undefined ? await loadServerTls(options.dataFolder, host, new Date()) : options.tls;
  const tokens = createAccountTokens(await loadSigningKey(options.dataFolder));
  let port = 0;
  const router: RouterDeps = {
    cluster,
    tokens,
    authenticator: createAuthenticator({ adminToken: options.token, tokens, store, clock: cluster.clock }),
    policy: followPolicy(store),
    podLogs: options.podLogs,
    address: () => `${host}:${port}`,
    closing: closing.signal,
  };
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    void serve(request, response);
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let exchange: Exchange | null = null;
    try {
      exchange = openExchange(request, response);
      exchange = admit(router, exchange);
      await route(router, exchange);
    } catch (error) {
      // A path that cannot be read makes no exchange, but still gets its answer.
      const status = sendFailure(exchange ?? unreadable(request, response), error);
      if (status.status >= 500)
        log.warn(
          { method: request.method, path: request.url, error: error instanceof Error ? error.stack : String(error) },
          "a request failed",
        );
    }
  }

  const server =
    tls === false ? createHttpServer(handle) : createHttpsServer({ cert: tls.certificatePem, key: tls.keyPem }, handle);
  server.keepAliveTimeout = 60_000;
  server.requestTimeout = 0;
  port = await listen(server, host, options.port);
  const url = `${tls === false ? "http" : "https"}://${host.includes(":") ? `[${host}]` : host}:${port}`;
  const caPem = tls === false ? null : tls.caPem;
  return {
    port,
    url,
    caPem,
    kubeconfig: () => kubeconfigText({ url, caPem, token: options.token }),
    store: createKubeStore(cluster, "meshdeck-local"),
    warnings: loaded.warnings,
    async close() {
      closing.abort();
      clearInterval(sweep);
      for (const timer of timers) clearTimeout(timer);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      closeHookConnections();
      await snapshot.close();
    },
  };
}
