/** `npm start -- --context NAME`: the dashboard alone, for a cluster that is there, with the user's own kubeconfig. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { AppError } from "@/lib/contract/errors";
import { DEFAULT_CONTROL_NAMESPACE } from "@/lib/kube/names";
import { loadKube } from "@/server/kube/load";
import { findPrometheusService, forwardPrometheus } from "./cluster-prometheus";
import { checkDashboardPort } from "./network";
import type { LocalOptions } from "./options";
import { dashboardIsBuilt, dashboardUrl, whenAnswers } from "./part-specs";
import type { StartContext } from "./start";
import { startGuard } from "./supervisor/guard";
import { createStartProcess } from "./supervisor/process";

export interface AttachedDashboard {
  readonly dashboard: string;
  /** The API server it shows. */
  readonly server: string;
  /** Where figures come from; null: nowhere yet. */
  readonly prometheus: string | null;
  /** Settles when the dashboard has ended by itself, with the last it said. */
  readonly ended: Promise<string>;
}

const STOP_GRACE_SECONDS = 3;
const PATIENCE_MS = 60_000;

/** Throws an AppError, one sentence, when it cannot start. What is away in the cluster is no reason not to. */
export async function attach(options: LocalOptions, context: StartContext): Promise<AttachedDashboard> {
  const { root, env, say, teardown } = context;
  const client = loadKube({ kubeconfig: options.kubeconfig, context: options.context });
  teardown.add("Kubernetes client", () => client.close());
  if (!dashboardIsBuilt(root)) {
    throw new AppError("invalid_request", "The dashboard has not been built.", { hint: "Run `npm run build` first." });
  }
  await checkDashboardPort(options.host, options.port);
  await client.text("/version", { signal: AbortSignal.timeout(5_000) }).catch((error: unknown) => {
    say(
      `the cluster does not answer yet (${error instanceof Error ? error.message : error}). It is tried again by itself.`,
    );
  });
  const prometheus = await metricsAddress(options, { ...context, client });
  const guard = startGuard(join(root, "dist", "guardian.js"), passedOn(env));
  teardown.add("guardian", guard.close);
  let last = "";
  const child = createStartProcess(guard)({
    command: process.execPath,
    args: [join(root, "node_modules/next/dist/bin/next"), "start", "-p", String(options.port), "-H", options.host],
    env: {
      ...passedOn(env),
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      ...(options.kubeconfig ? { MESHDECK_KUBECONFIG: options.kubeconfig } : {}),
      ...(options.context ? { MESHDECK_KUBE_CONTEXT: options.context } : {}),
      ...(options.namespaces ? { MESHDECK_NAMESPACES: options.namespaces } : {}),
      ...(prometheus ? { MESHDECK_METRICS_URL: prometheus.url } : {}),
    },
    cwd: root,
    onLine: (line) => {
      last = line;
      if (line.startsWith("meshdeck: ") || line.startsWith("{")) process.stderr.write(`${line}\n`);
    },
  });
  teardown.add("dashboard", async () => {
    await child.stop(STOP_GRACE_SECONDS);
  });
  const ended = child.exited.then(() => last);
  const dashboard = dashboardUrl(options);
  const stopped = ended.then((said) => {
    throw new AppError("internal", "The dashboard ended before it served.", { hint: said });
  });
  stopped.catch(() => undefined);
  await Promise.race([stopped, whenAnswers(`${dashboard}/api/health`, PATIENCE_MS)]);
  return { dashboard, server: client.server, prometheus: prometheus?.name ?? null, ended };
}

/** The whole environment but what belongs to the process that starts it. */
function passedOn(env: StartContext["env"]): Record<string, string> {
  const given = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(given.filter(([name]) => name !== "NODE_ENV" && name !== "MESHDECK_PARENT_PID"));
}

interface Found {
  readonly url: string;
  /** For people. */
  readonly name: string;
}

/** The one that was given, else one of the cluster, by the API server's service proxy. */
async function metricsAddress(
  options: LocalOptions,
  { env, say, teardown, client }: StartContext & { readonly client: ReturnType<typeof loadKube> },
): Promise<Found | null> {
  const given = options.prometheus ?? env.MESHDECK_METRICS_URL;
  if (given) return { url: given, name: given };
  const service = await findPrometheusService(client, env.MESHDECK_CONTROL_NAMESPACE || DEFAULT_CONTROL_NAMESPACE);
  if (service === null) {
    say(
      "no Prometheus was found in the cluster: give one with --prometheus URL (a port-forward will do) to have figures.",
    );
    return null;
  }
  // Whoever uses this machine could ask the forwarder too: the path is what only the dashboard knows.
  const secret = randomBytes(24).toString("base64url");
  const forwarder = await forwardPrometheus(client, service, secret);
  teardown.add("way to Prometheus", forwarder.close);
  return { url: forwarder.url, name: `service ${service.namespace}/${service.name}, by the API server` };
}
