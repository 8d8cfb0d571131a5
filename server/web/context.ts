/**
 * The dashboard's composition root: client, watches, caches and sources, made once and held on globalThis, because Next
 * loads this module more than once. A Kubernetes API or store that is away is no reason not to answer.
 */
import { AppError } from "@/lib/contract/errors";
import type { Partial } from "@/lib/contract/topology";
import type { MetricsSource } from "@/lib/metrics/query";
import type { KubeClient } from "@/server/kube/client";
import { loadKube } from "@/server/kube/load";
import { watchMesh } from "@/server/kube/mesh-watch";
import { createLogger } from "@/server/platform/log";
import { type ControllerClient, createControllerClient } from "./controller-client";
import { ControllerReader } from "./controller-facts";
import { type Frame, readFrame } from "./frame";
import { MeshReader, type MeshView, withoutKubernetes } from "./mesh-view";
import { metricsSource } from "./metrics-source";
import { refreshFailures, refreshSeconds } from "./own-metrics";
import { NO_USAGE, type PolicyUsage, readPolicyUsage } from "./policy-usage";
import { readSettings, type WebSettings } from "./settings";
import { SharedFrames } from "./shared-frames";

export interface WebContext {
  readonly settings: WebSettings;
  readonly startedAt: number;
  /** Throws AppError when there is no Kubernetes API to ask. */
  readonly client: () => KubeClient;
  readonly mesh: () => Promise<MeshView>;
  readonly metrics: MetricsSource;
  /** By window in seconds; one computation for all who look. */
  readonly frames: SharedFrames<Frame>;
  readonly usage: (frame: Frame) => Promise<PolicyUsage>;
  readonly controller: ControllerReader;
  /** null when no controller is configured. */
  readonly controllerClient: ControllerClient | null;
  /** Calls back soon after objects changed, with the object lists that differ. Returns how to stop. */
  readonly onChange: (listener: () => void) => () => void;
  /** What the sources said of themselves when they were last asked. */
  readonly partial: () => readonly Partial[];
}

const PERIOD_MS = 2_000;
const POKE_MS = 100;
const HELD = Symbol.for("meshdeck.web.context");

export function webContext(): WebContext {
  const place = globalThis as { [HELD]?: WebContext };
  place[HELD] ??= create();
  return place[HELD];
}

function create(): WebContext {
  const log = createLogger("dashboard");
  const settings = readSettings(process.env);
  const metrics = metricsSource(settings.metrics);
  const listeners = new Set<() => void>();
  const kube = connect(settings, () => {
    frames.poke();
    for (const listener of listeners) listener();
  });
  if (kube instanceof AppError) log.warn({ event: "kubernetes.missing", err: kube }, kube.message);
  const mesh = async (): Promise<MeshView> =>
    kube instanceof AppError ? withoutKubernetes(settings, kube) : kube.reader.read();
  let last: Frame | null = null;
  const frames = new SharedFrames<Frame>({
    load: async (windowSeconds, previous) => {
      const done = refreshSeconds.startTimer({ window: String(windowSeconds) });
      const frame = await readFrame({ mesh, metrics, now: Date.now }, windowSeconds, previous);
      done();
      for (const { part } of frame.partial) refreshFailures.inc({ part });
      last = frame;
      return frame;
    },
    now: Date.now,
    periodMs: PERIOD_MS,
    pokeMs: POKE_MS,
  });
  const controllerClient = settings.controller ? createControllerClient(settings.controller) : null;
  const controller = new ControllerReader(controllerClient, Date.now);
  return {
    settings,
    startedAt: Date.now(),
    client: () => {
      if (kube instanceof AppError) throw kube;
      return kube.client;
    },
    mesh,
    metrics,
    frames,
    usage: sharedUsage(metrics),
    controller,
    controllerClient,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    partial: () => last?.partial ?? [],
  };
}

function connect(
  settings: WebSettings,
  onChange: () => void,
): { readonly client: KubeClient; readonly reader: MeshReader } | AppError {
  try {
    const client = loadKube(settings.kubeconfig ? { kubeconfig: settings.kubeconfig } : {});
    const watch = watchMesh(client, { controlNamespace: settings.controlNamespace }, onChange);
    return { client, reader: new MeshReader(watch, settings) };
  } catch (error) {
    if (error instanceof AppError)
      return new AppError("upstream_unavailable", error.message, {
        cause: error,
        ...(error.hint ? { hint: error.hint } : {}),
      });
    throw error;
  }
}

/** Which policies are used, asked once per frame for everybody. A store that is away leaves it unknown. */
function sharedUsage(metrics: MetricsSource): (frame: Frame) => Promise<PolicyUsage> {
  const known = new WeakMap<Frame, Promise<PolicyUsage>>();
  return (frame) => {
    const asked =
      known.get(frame) ??
      readPolicyUsage(metrics, frame).catch((error: unknown) => {
        if (error instanceof AppError) return NO_USAGE;
        throw error;
      });
    known.set(frame, asked);
    return asked;
  };
}
