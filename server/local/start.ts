/** Starts everything local mode is made of, in the order one needs the other. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "@/lib/contract/errors";
import { CA_BUNDLE_SECRET_NAME, DEFAULT_CONTROL_NAMESPACE } from "@/lib/kube/names";
import type { KubeObject } from "@/lib/kube/objects";
import { atomicWrite } from "@/server/platform/atomic-write";
import { ownVersion } from "@/server/platform/version";
import { createKubeApi, type KubeApi, type PodLogs as ReadPodLogs } from "./api/server";
import { type ClusterStore, PODS, SECRETS } from "./cluster";
import { runDeploymentController } from "./controllers/deployments";
import { runEndpointsController } from "./controllers/endpoints";
import { registerNode } from "./controllers/node";
import { type DataFolder, openDataFolder } from "./data-folder";
import { ENVOY_VERSION, findEnvoy } from "./envoy";
import { createEventRecorder } from "./events";
import { createKubeCluster } from "./kube-cluster";
import { applyManifests, type Manifest, openAppliedMemory, readManifests } from "./manifests";
import { findPrometheus, type LocalMetrics, startMetrics } from "./metrics";
import { checkDashboardPort, claimNetwork, type LocalNetwork } from "./network";
import type { LocalOptions } from "./options";
import { controllerPart, dashboardIsBuilt, dashboardPart, dashboardUrl, type PartContext } from "./part-specs";
import { reportPod } from "./pod-parts";
import { type Runner, startRunner } from "./runner/runner";
import { startGuard } from "./supervisor/guard";
import { LogFile } from "./supervisor/log-file";
import { createStartProcess, type StartProcess } from "./supervisor/process";
import { createStatusBoard, type StatusBoard } from "./supervisor/status-board";
import { type Part, supervise } from "./supervisor/supervise";
import type { Teardown } from "./teardown";

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
/** How long a start waits for a part before it goes on and lets the status say what is missing. */
const PATIENCE_MS = 60_000;
/** What children get of our own environment. */
const PASSED_ON = [
  "PATH",
  "HOME",
  "USER",
  "LANG",
  "LC_ALL",
  "TZ",
  "TMPDIR",
  "MESHDECK_LOG_LEVEL",
  "MESHDECK_ALLOWED_HOSTS",
];

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
  await writeAdminToken(data);
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
  await applyUserManifests(options, { files, demo: () => demo("."), store, memory });

  const dashboard = dashboardIsBuilt(root) ? dashboardUrl(options) : null;
  if (dashboard) await keepRunning(dashboardPart(parts, options, metrics));
  else say("the dashboard has not been built: run `npm run build` and start again to have it.");
  return { dashboard, kubeconfig: data.at("kubeconfig"), metrics, dataFolder: data.path };
}

interface Tools {
  readonly start: StartProcess;
  readonly board: StatusBoard;
  readonly childEnv: Readonly<Record<string, string>>;
  readonly logTo: (name: string) => (line: string) => void;
}

function openTools(data: DataFolder, root: string, env: StartContext["env"], teardown: Teardown): Tools {
  const passed = PASSED_ON.flatMap((name) => (env[name] ? [[name, env[name]]] : []));
  const childEnv: Record<string, string> = {
    ...Object.fromEntries(passed),
    MESHDECK_DATA_DIR: data.path,
    NEXT_TELEMETRY_DISABLED: "1",
  };
  const guard = startGuard(join(root, "dist", "guardian.js"), childEnv);
  teardown.add("guardian", guard.close);
  const board = createStatusBoard(data.at("status.json"), () => {});
  teardown.add("status", board.flush);
  const logTo = (name: string) => {
    const file = new LogFile(data.at("logs", `${name}.log`));
    teardown.add(`${name}.log`, () => file.close());
    return (line: string) => file.append(line);
  };
  return { start: createStartProcess(guard), board, childEnv, logTo };
}

function localLog(data: DataFolder, teardown: Teardown) {
  const file = new LogFile(data.at("logs", "local.log"));
  teardown.add("local.log", () => file.close());
  const write = (level: string) => (fields: object, message: string) =>
    file.append(JSON.stringify({ level, ...fields, msg: message }));
  return { info: write("info"), warn: write("warn") };
}

type LocalLog = ReturnType<typeof localLog>;

interface ApiContext {
  readonly root: string;
  readonly data: DataFolder;
  readonly network: LocalNetwork;
  readonly teardown: Teardown;
  readonly log: LocalLog;
  readonly say: (text: string) => void;
}

async function startApi(context: ApiContext, logs: () => Runner["logs"] | null): Promise<KubeApi> {
  const { root, data, network, teardown, log, say } = context;
  let api: KubeApi | null = null;
  const podLogs: ReadPodLogs = (query) => {
    const pod = api?.store.get(PODS, { namespace: query.namespace, name: query.name });
    const uid = pod?.metadata.uid ?? "";
    const source = logs();
    const text = source?.text(uid, query.container, query) ?? null;
    return query.follow && source && text !== null ? source.follow(uid, query.container, query) : Promise.resolve(text);
  };
  api = await createKubeApi({
    host: network.host,
    port: network.ports.api,
    dataFolder: data.path,
    token: await secretFile(data.at("api-token")),
    crdFolder: join(root, "deploy", "crds"),
    log,
    podLogs,
  });
  teardown.add("Kubernetes API", api.close);
  for (const warning of api.warnings) say(warning);
  await atomicWrite(data.at("kubeconfig"), api.kubeconfig());
  return api;
}

async function writeAdminToken(data: DataFolder): Promise<void> {
  await secretFile(data.at("admin-token"));
}

/** A random secret, made at the first start. */
async function secretFile(path: string): Promise<string> {
  if (existsSync(path)) {
    const kept = readFileSync(path, "utf8").trim();
    if (kept !== "") return kept;
  }
  const made = randomBytes(32).toString("base64url");
  await atomicWrite(path, `${made}\n`);
  return made;
}

/** Keeps a copy of the controller's root where the dashboard reads it. Returns how to stop. */
async function copyControllerCa(store: ClusterStore, data: DataFolder, log: LocalLog): Promise<() => void> {
  return store.watch(SECRETS, ({ type, object }) => {
    const { namespace, name } = object.metadata;
    if (type === "DELETED" || namespace !== DEFAULT_CONTROL_NAMESPACE || name !== CA_BUNDLE_SECRET_NAME) return;
    const pem = (object as KubeObject & { data?: Record<string, string> }).data?.["ca.crt"];
    if (!pem) return;
    atomicWrite(data.at("controller-ca.pem"), Buffer.from(pem, "base64")).catch((error: unknown) =>
      log.warn({ event: "ca.failed", error: String(error) }, "the controller's certificate could not be written"),
    );
  });
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
