/** Starts everything local mode is made of, in the order one needs the other. */
import { join } from "node:path";
import { AppError } from "@/lib/contract/errors";
import { ownVersion } from "@/server/platform/version";
import type { ClusterStore } from "./cluster";
import { copyControllerCa, startApi, writeSecrets } from "./cluster-api";
import { runDeploymentController } from "./controllers/deployments";
import { runEndpointsController } from "./controllers/endpoints";
import { registerNode } from "./controllers/node";
import { type DataFolder, openDataFolder } from "./data-folder";
import { ENVOY_VERSION, findEnvoy } from "./envoy";
import { createEventRecorder } from "./events";
import { createKubeCluster } from "./kube-cluster";
import { applyManifests, type Manifest, openAppliedMemory, readManifests } from "./manifests";
import { findPrometheus, type LocalMetrics, startMetrics } from "./metrics";
import { checkDashboardPort, claimNetwork } from "./network";
import type { LocalOptions } from "./options";
import { controllerPart, dashboardIsBuilt, dashboardPart, dashboardUrl, type PartContext } from "./part-specs";
import { reportPod } from "./pod-parts";
import { type Runner, startRunner } from "./runner/runner";
import { type Part, supervise } from "./supervisor/supervise";
import type { Teardown } from "./teardown";
import { localLog, openTools, type Tools } from "./tools";

export interface StartContext {
  /** Folder of package.json. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Tells the person at the terminal. */
  readonly say: (text: string) => void;
  /** Gets what has to be undone, as it is done. */
  readonly teardown: Teardown;
}

export interface LocalMode {
  /** null when the dashboard has not been built. */
  readonly dashboard: string | null;
  readonly kubeconfig: string;
  readonly metrics: LocalMetrics;
  readonly dataFolder: string;
}

const ENVOY_IMAGE = `envoyproxy/envoy:v${ENVOY_VERSION}`;
const STOP_GRACE_SECONDS = 3;
/** Long enough for a pod's replacement to be ready, so that deleting the only one loses no call. */
const DRAIN_MS = 2_000;
/** How long a start waits for a part before it goes on and lets the status say what is missing. */
const PATIENCE_MS = 60_000;

/** Throws an AppError, one sentence, when local mode cannot start. */
export async function startLocal(options: LocalOptions, context: StartContext): Promise<LocalMode> {
  const { root, env, say, teardown } = context;
  const files = readManifests(options.file);
  findPrometheus(options.metrics, env);
  await checkDashboardPort(options.host, options.port);
  const data = openDataFolder(options.dataDir);
  teardown.add("lock", data.release);
  const envoy = await findEnvoy({ env, say, caches: envoyCaches(data, root, env) });
  const network = await claimNetwork(data.path);
  teardown.add("addresses", network.release);

  const tools = openTools(data, root, env, teardown);
  const log = localLog(data, teardown);
  const runnerBox: { runner: Runner | null } = { runner: null };
  const api = await startApi({ root, data, network, teardown, log, say }, () => runnerBox.runner?.logs ?? null);
  const store = createKubeCluster(api.store);
  await writeSecrets(data);
  await registerNode(store, { address: network.host, version: ownVersion() });
  const memory = openAppliedMemory(data.at("applied.json"));
  const demo = (name: string) => readManifests([join(root, "deploy", "demo", name)]);
  await applyManifests(demo("00-system.yaml"), { store, memory, update: false });
  teardown.add("controller's certificate", await copyControllerCa(store, data, log));

  const parts: PartContext = {
    root,
    data,
    network,
    childEnv: tools.childEnv,
    logTo: tools.logTo,
    envoyImage: ENVOY_IMAGE,
  };
  const keepRunning = (part: Part) => keep(part, tools, teardown, say);
  await keepRunning(controllerPart(parts));

  const record = createEventRecorder(store, "meshdeck-local", (error) =>
    log.warn({ event: "event.failed", error: String(error) }, "an Event could not be written"),
  );
  teardown.add("deployment controller", await runDeploymentController({ store, record, log }));
  teardown.add("endpoints controller", await runEndpointsController({ store, record, log }));
  const runner = await startRunner({
    store,
    record,
    log,
    start: tools.start,
    programs: { envoy, demoApp: join(root, "dist", "demo-app.js"), node: process.execPath, envoyImage: ENVOY_IMAGE },
    network: network.number,
    podsFolder: data.at("pods"),
    logsFolder: data.at("logs", "pods"),
    environment: tools.childEnv,
    drainMs: DRAIN_MS,
    onPod: (pod, snapshot) => reportPod(tools.board, pod, snapshot),
  });
  runnerBox.runner = runner;
  teardown.add("pods", runner.stop);

  const metrics = await startMetrics({
    kind: options.metrics,
    env,
    data,
    host: network.host,
    port: network.ports.metrics,
    controllerUrl: `http://${network.host}:${network.ports.http}/metrics`,
    store,
    teardown,
    supervise: keepRunning,
    childEnv: tools.childEnv,
    logTo: tools.logTo,
    warn: (message) => log.warn({ event: "metrics" }, message),
  });
  // The dashboard comes up beside the pods.
  const dashboard = dashboardIsBuilt(root) ? dashboardUrl(options) : null;
  const shown = dashboard ? keepRunning(dashboardPart(parts, options, metrics)) : null;
  if (!shown) say("the dashboard has not been built: run `npm run build` and start again to have it.");
  await applyUserManifests(options, { files, demo: () => demo("."), store, memory });
  await shown;
  return { dashboard, kubeconfig: data.at("kubeconfig"), metrics, dataFolder: data.path };
}

/** Starts a supervised program and waits until it serves, but not for ever. */
async function keep(part: Part, tools: Tools, teardown: Teardown, say: StartContext["say"]): Promise<void> {
  const running = supervise(part, tools);
  teardown.add(part.name, () => running.stop(STOP_GRACE_SECONDS));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, "late");
  });
  if ((await Promise.race([running.ready, late])) === "late") {
    say(`the ${part.name} does not serve yet: see logs/${part.name}.log in the data folder.`);
  }
  clearTimeout(timer);
}

function envoyCaches(data: DataFolder, root: string, env: StartContext["env"]): [string, ...string[]] {
  return [data.at(".cache"), env.MESHDECK_ENVOY_CACHE || join(root, ".cache")];
}

async function applyUserManifests(
  options: LocalOptions,
  from: {
    files: readonly Manifest[];
    demo: () => Manifest[];
    store: ClusterStore;
    memory: ReturnType<typeof openAppliedMemory>;
  },
): Promise<void> {
  const { store, memory } = from;
  if (options.demo === "bookstore") await applyManifests(from.demo(), { store, memory, update: false });
  try {
    await applyManifests(from.files, { store, memory, update: true });
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("internal", `The manifests could not be applied: ${String(error)}.`, { cause: error });
  }
}
