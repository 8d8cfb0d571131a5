import { randomUUID } from "node:crypto";
import { surroundingsOf } from "@/lib/mesh/changes/surroundings";
import type { KubeClient } from "@/server/kube/client";
import { watchMesh } from "@/server/kube/mesh-watch";
import type { Logger } from "@/server/platform/log";
import { SAMPLE_ONE_IN } from "@/server/xds/build/access-log";
import type { XdsServer, XdsServerOptions } from "@/server/xds/types";
import { type AdminSources, serveAdmin } from "./admin-api";
import { tokenReader } from "./admin-token";
import { CallKindBook } from "./call-kinds";
import { CallBook } from "./calls";
import { describe, WorkloadCertificates } from "./certificates";
import { ChangeLog } from "./change-log";
import { adsCertificate, servingCertificate } from "./endpoints";
import { readEnvoyConfig } from "./envoy-config";
import { serveHttp } from "./http-server";
import { serveInjection } from "./injection";
import { startLeaderWork } from "./leader-work";
import { MeshState } from "./mesh-state";
import { createMetrics, type MetricsSources } from "./metrics";
import { Readiness } from "./readiness";
import { reconcileLoop } from "./reconcile-loop";
import { openRoot } from "./root";
import { renewServing } from "./serving";
import type { Settings } from "./settings";
import { statusOf } from "./status";
import { untilDone } from "./until-done";

export interface Controller {
  readonly ports: {
    readonly ads: number;
    readonly webhook: number;
    readonly http: number;
    /** null: switched off. */
    readonly admin: number | null;
  };
  /** Gives the lease back and ends every server and watch. Sidecars keep what they have. */
  close(): Promise<void>;
}

export interface ControllerParts {
  readonly client: KubeClient;
  readonly createXdsServer: (options: XdsServerOptions) => Promise<XdsServer>;
  readonly log: Logger;
  /** Aborts a start that still waits for the Kubernetes API. */
  readonly signal: AbortSignal;
}

/**
 * Starts the controller and resolves when it serves sidecars. An API that is away is waited for; what only a person can
 * mend (a port in use, a broken root, missing rights) rejects with an AppError, and nothing is left running.
 */
export async function startController(settings: Settings, parts: ControllerParts): Promise<Controller> {
  const opened: { close(): void | Promise<void> }[] = [];
  const close = async () => {
    for (const part of opened.splice(0).reverse()) {
      // One that cannot end well must not keep the others from ending.
      await Promise.resolve(part.close()).catch((error: unknown) => {
        parts.log.warn({ event: "close", error: String(error) }, "a part did not end cleanly");
      });
    }
  };
  try {
    return { ports: await start(settings, parts, (part) => opened.push(part)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(
  settings: Settings,
  { client, createXdsServer, log, signal }: ControllerParts,
  opens: (part: { close(): void | Promise<void> }) => void,
): Promise<Controller["ports"]> {
  const { bindHost: host, meshName, trustDomain, controlNamespace } = settings;
  const startedAt = new Date();
  const readiness = new Readiness(["the Kubernetes API", "the first configuration", "the webhook's registration"]);
  const token = settings.adminTokenFile ? await checked(tokenReader(settings.adminTokenFile)) : null;
  opens({ close: () => client.close() });
  const metrics = createMetrics();
  const http = await serveHttp({
    host,
    port: settings.httpPort,
    waitingFor: () => readiness.waitingFor(),
    metrics,
    log,
  });
  opens(http);

  const authority = await untilDone("open the root certificate", () => openRoot(client, controlNamespace), {
    log,
    signal,
  });
  const changes = new ChangeLog({ around: () => surroundingsOf(watch.objects(), meshName), now: Date.now });
  const watch = watchMesh(client, { controlNamespace, log, onObject: (change) => changes.add(change) }, () => {
    if (readiness.has("the Kubernetes API")) loop.trigger();
  });
  opens({ close: () => watch.stop() });
  // Half a mesh would take configuration away from sidecars that run well with what they have: no word to them before.
  await watch.whenSynced();
  changes.begin();

  const certificates = new WorkloadCertificates(authority);
  const book = new CallBook({
    model: () => state.model,
    onDenied: (labels) => metrics.denied(labels),
    sampleOneIn: SAMPLE_ONE_IN,
    now: Date.now,
    run: startedAt.getTime().toString(36),
  });
  const kinds = new CallKindBook({ now: Date.now, sampleShare: 1 / SAMPLE_ONE_IN });
  const xds = await createXdsServer({
    host,
    port: settings.adsPort,
    server: adsCertificate(authority, settings),
    clientRootsPem: authority.rootPem,
    trustDomain,
    onCalls: (calls) => {
      book.add(calls);
      kinds.add(calls);
    },
    onNack: ({ proxyId, type, message }) => {
      metrics.nacked(type);
      log.warn({ event: "xds.nack", proxyId, type, error: message }, "a sidecar refused its configuration");
    },
    log,
  });
  opens(xds);
  const state = new MeshState({ watch, certificates, xds, meshName, trustDomain, trustBundlePem: authority.rootPem });
  const leaderWork = startLeaderWork({ client, settings, authority, adsPort: xds.port, state, log });
  opens({ close: () => leaderWork.stop() });
  const after = () => {
    readiness.done("the first configuration");
    leaderWork.changed();
  };
  const loop = reconcileLoop({ state, certificates, metrics, log, after });
  opens({ close: () => loop.stop() });
  readiness.done("the Kubernetes API");
  loop.trigger();

  let serving = servingCertificate(authority, settings);
  const injection = await serveInjection({
    settings,
    client,
    watch,
    state,
    certificate: serving,
    metrics,
    log,
    newId: randomUUID,
  });
  opens(injection);
  const sources: AdminSources & MetricsSources = {
    status: () =>
      statusOf({ settings, startedAt, ready: readiness.ready(), leader: leaderWork.leader(), watch, state }),
    proxies: () => xds.proxies(),
    config: (proxyId) => xds.config(proxyId),
    envoyConfig: (proxyId) =>
      readEnvoyConfig(proxyId, { authority, model: () => state.model, trustDomain, now: Date.now }),
    certificates: () => [...certificates.describe(), describe("controller", serving.certificatePem, "controller")],
    problems: () => state.model?.problems ?? [],
    calls: (asked) => book.read(asked),
    waitForCalls: (...asked) => book.wait(...asked),
    callAggregates: (windowSeconds) => book.aggregates(windowSeconds),
    changes: (since, limit) => changes.read(since, limit),
    callKinds: (outcome) => kinds.show(outcome),
    watches: () => watch.parts(),
    leader: () => leaderWork.leader(),
  };
  metrics.show(sources);
  const admin = token
    ? await serveAdmin({ host, port: settings.adminPort, certificate: serving, token, sources })
    : null;
  if (admin) opens(admin);
  const renewed = () => {
    serving = servingCertificate(authority, settings);
    return serving;
  };
  opens(renewServing(serving, renewed, admin ? [injection, admin] : [injection]));
  await untilDone("register the webhook", () => injection.register(authority.rootPem), { log, signal });
  opens(injection.keepRegistered(authority.rootPem));
  readiness.done("the webhook's registration");
  return { ads: xds.port, webhook: injection.port, http: http.port, admin: admin?.port ?? null };
}

/** A token file that cannot be read stops the start, not the first request. */
async function checked(read: () => Promise<string>): Promise<() => Promise<string>> {
  await read();
  return read;
}
