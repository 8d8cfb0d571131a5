/** The runner: stands where a kubelet stands. Every pod of the cluster runs here, as processes on this machine. */
import { join } from "node:path";
import { AppError } from "@/lib/contract/errors";
import { LOOPBACK_ANNOTATION } from "@/lib/kube/names";
import type { KubeObject, Pod } from "@/lib/kube/objects";
import { type ClusterStore, CONFIG_MAPS, PODS, SECRETS } from "../cluster";
import { NODE_NAME } from "../controllers/node";
import type { RecordEvent } from "../events";
import type { StartProcess } from "../supervisor/process";
import { createWorkQueue } from "../work-queue";
import { AddressPool, loopbackOf } from "./addresses";
import type { Programs } from "./images";
import { PodLogs } from "./pod-logs";
import { PodRun, type PodSnapshot } from "./pod-run";
import { podStatus } from "./pod-status";
import { SourceData } from "./source-data";

export interface RunnerOptions {
  readonly store: ClusterStore;
  readonly record: RecordEvent;
  readonly log: { warn(fields: object, message: string): void };
  readonly start: StartProcess;
  readonly programs: Programs;
  /** The number A of this data folder's addresses. */
  readonly network: number;
  /** Folder of the pods' volumes, and of their logs. */
  readonly podsFolder: string;
  readonly logsFolder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Between a pod's leaving the endpoints and its SIGTERM: Envoys hear of it, and a replacement comes up. */
  readonly drainMs: number;
  /** Told whenever the containers of a pod change; null once it is gone. */
  readonly onPod: (pod: Pod, snapshot: PodSnapshot | null) => void;
}

export interface Runner {
  readonly logs: PodLogs;
  /** Ends every process. The pods stay in the API and are started again by the next start. */
  stop(): Promise<void>;
}

const STOP_GRACE_SECONDS = 2;

export async function startRunner(options: RunnerOptions): Promise<Runner> {
  const { store, log } = options;
  const pool = new AddressPool(options.network);
  const logs = new PodLogs(options.logsFolder);
  const sources = new SourceData();
  const runs = new Map<string, PodRun>();
  const known = new Map<string, Pod>();
  const endings = new Map<string, Promise<void>>();
  let stopping = false;

  const queue = createWorkQueue(reconcile, (uid, error) =>
    log.warn({ event: "pod.failed", pod: known.get(uid)?.metadata.name, error: String(error) }, "will try again"),
  );

  async function reconcile(uid: string): Promise<void> {
    const pod = known.get(uid);
    if (stopping) return;
    if (!pod) {
      await endRun(uid, 0);
      return;
    }
    if (pod.metadata.deletionTimestamp) {
      finish(uid, pod);
      return;
    }
    const run = runs.get(uid);
    if (run) {
      await writeStatus(pod, run);
      return;
    }
    if (pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed") return;
    await admit(uid, pod);
  }

  /** Gives it a node and an address, then starts it. */
  async function admit(uid: string, pod: Pod): Promise<void> {
    const { namespace, name } = pod.metadata;
    const kept = pod.status?.podIP;
    const address = kept && pool.claim(kept) ? kept : pool.take();
    if (address === null) {
      throw new AppError("unprocessable", `Pod ${namespace}/${name} has to wait: no address is left for it.`);
    }
    let placed: Pod;
    try {
      const annotations = { [LOOPBACK_ANNOTATION]: loopbackOf(address) };
      const patch = { metadata: { annotations }, ...(pod.spec?.nodeName ? {} : { spec: { nodeName: NODE_NAME } }) };
      await store.merge(PODS, { namespace, name }, patch);
      const status = { podIP: address, podIPs: [{ ip: address }], hostIP: "127.0.0.1" };
      placed = (await store.merge(PODS, { namespace, name }, { status }, "status")) as Pod;
    } catch (error) {
      pool.release(address);
      if (error instanceof AppError && error.code === "not_found") return;
      throw error;
    }
    if (stopping) return;
    options.record(placed, {
      type: "Normal",
      reason: "Scheduled",
      message: `Successfully assigned ${namespace}/${name} to ${NODE_NAME} at ${address}`,
    });
    const run = new PodRun({
      pod: placed,
      folder: join(options.podsFolder, uid),
      programs: options.programs,
      start: options.start,
      logs,
      environment: options.environment,
      drainMs: options.drainMs,
      env: sources.env(namespace ?? "default"),
      volumes: sources.volumes(namespace ?? "default"),
      changed: () => queue.add(uid),
      event: options.record,
    });
    runs.set(uid, run);
    queue.add(uid);
  }

  async function writeStatus(pod: Pod, run: PodRun): Promise<void> {
    run.update(pod);
    const snapshot = run.snapshot();
    options.onPod(pod, snapshot);
    const status = podStatus({ uid: pod.metadata.uid ?? "", ...snapshot }, Date.now());
    const { namespace, name } = pod.metadata;
    // The API leaves the resourceVersion alone when nothing differs, so this does not call itself for ever.
    await store.merge(PODS, { namespace, name }, { status }, "status").catch(ignoreGone);
  }

  /** A pod that is being deleted: ends it beside the queue, then takes it out of the API. */
  function finish(uid: string, pod: Pod): void {
    if (endings.has(uid)) return;
    const { namespace, name } = pod.metadata;
    const graceSeconds = Number(
      (pod.metadata as { deletionGracePeriodSeconds?: number }).deletionGracePeriodSeconds ?? 30,
    );
    const ending = (async () => {
      if (runs.has(uid)) {
        options.record(pod, { type: "Normal", reason: "Killing", message: `Stopping the containers of ${name}` });
      }
      await endRun(uid, graceSeconds);
      if (!stopping) await store.delete(PODS, { namespace, name }, { gracePeriodSeconds: 0, uid });
    })()
      .catch(ignoreGone)
      .catch((error: unknown) => {
        log.warn({ event: "pod.end-failed", pod: name, error: String(error) }, "will try again");
        queue.addAfter(uid, 1000);
      })
      .finally(() => endings.delete(uid));
    endings.set(uid, ending);
  }

  async function endRun(uid: string, graceSeconds: number): Promise<void> {
    const run = runs.get(uid);
    if (!run) return;
    await run.end(graceSeconds, true);
    if (stopping) return;
    runs.delete(uid);
    options.onPod(run.pod, null);
    pool.release(run.pod.status?.podIP ?? "");
    await run.forget();
  }

  function onSource(kind: "Secret" | "ConfigMap", type: string, object: KubeObject): void {
    sources.set(kind, object, type === "DELETED");
    for (const run of runs.values()) {
      if (run.pod.metadata.namespace !== object.metadata.namespace) continue;
      void run
        .sourceChanged(kind, object.metadata.name)
        .catch((error: unknown) => log.warn({ event: "volume.failed", error: String(error) }, "volume is out of date"));
    }
  }

  const stops = [
    await store.watch(SECRETS, ({ type, object }) => onSource("Secret", type, object)),
    await store.watch(CONFIG_MAPS, ({ type, object }) => onSource("ConfigMap", type, object)),
    await store.watch(PODS, ({ type, object }) => {
      const uid = object.metadata.uid ?? "";
      if (type === "DELETED") known.delete(uid);
      else known.set(uid, object as Pod);
      queue.add(uid);
    }),
  ];
  return {
    logs,
    async stop() {
      stopping = true;
      for (const stop of stops) stop();
      await Promise.all([...runs.values()].map((run) => run.end(STOP_GRACE_SECONDS, false)));
      await Promise.all(endings.values());
      await queue.stop();
    },
  };
}

function ignoreGone(error: unknown): void {
  if (!(error instanceof AppError && (error.code === "not_found" || error.code === "conflict"))) throw error;
}
