/** What the dashboard's server is told by its environment. Read once; a value that cannot be used stops the start. */
import type { BlockList } from "node:net";
import { z } from "zod";
import { AppError } from "@/lib/contract/errors";
import { DEFAULT_CONTROL_NAMESPACE, DEFAULT_MESH_NAME, DEFAULT_TRUST_DOMAIN } from "@/lib/kube/names";
import { TELEMETRIES } from "@/lib/metrics/telemetry/detect";
import type { Telemetry } from "@/lib/metrics/telemetry/telemetry";
import { listedNames } from "@/server/platform/host-allowed";
import { proxiesOf } from "./login/client-address";
import { LOGIN_VARIABLES, type LoginSettings, loginSettings } from "./login/settings";
import { METRICS_VARIABLES, type MetricsSettings, metricsSettings, withoutSecrets } from "./metrics-settings";
import { type BudgetLimits, parseBudget } from "./query-budget";

const url = z.url({ protocol: /^https?$/, error: "must be an http or https URL" });

const SettingsSchema = z.object({
  MESHDECK_KUBECONFIG: z.string().optional(),
  /** A context of the kubeconfig that is not its current one. */
  MESHDECK_KUBE_CONTEXT: z.string().optional(),
  /** Where to look for what may be seen, when namespaces may not be listed; separated by commas. */
  MESHDECK_NAMESPACES: z.string().default(""),
  MESHDECK_MESH_NAME: z.string().default(DEFAULT_MESH_NAME),
  MESHDECK_CONTROL_NAMESPACE: z.string().default(DEFAULT_CONTROL_NAMESPACE),
  MESHDECK_TRUST_DOMAIN: z.string().default(DEFAULT_TRUST_DOMAIN),
  MESHDECK_CONTROLLER_URL: url.optional(),
  MESHDECK_CONTROLLER_CA_FILE: z.string().optional(),
  MESHDECK_ADMIN_TOKEN_FILE: z.string().optional(),
  ...METRICS_VARIABLES,
  MESHDECK_TELEMETRY: z
    .enum(["auto", "meshdeck", "osm", "linkerd", "istio"], { error: "must be auto, meshdeck, osm, linkerd or istio" })
    .default("auto"),
  /** What questions to the store may cost in a minute: `120`, `20s` of its time, or both: `120,20s`. */
  MESHDECK_QUERY_BUDGET: z
    .string()
    .transform((text, context) => {
      const limits = parseBudget(text);
      if (limits !== null) return limits;
      context.addIssue("must be queries a minute (120), seconds of the store's time a minute (20s), or both (120,20s)");
      return z.NEVER;
    })
    .optional(),
  MESHDECK_STATUS_FILE: z.string().optional(),
  /** Signs links to embeds; without it there are none. */
  MESHDECK_EMBED_KEY_FILE: z.string().optional(),
  ...LOGIN_VARIABLES,
  /** Host names the dashboard is called by, besides those of loopback; separated by commas. */
  MESHDECK_ALLOWED_HOSTS: z.string().default(""),
  /** In front of the dashboard: their x-forwarded-for is believed. Separated by commas. */
  MESHDECK_TRUSTED_PROXIES: z
    .string()
    .default("")
    .transform((text, context) => {
      const proxies = proxiesOf(listedNames(text));
      if (proxies !== null) return proxies;
      context.addIssue("must be addresses or ranges, separated by commas (10.0.0.7, 10.1.0.0/16)");
      return z.NEVER;
    }),
});

export interface WebSettings {
  readonly kubeconfig: string | null;
  readonly kubeContext: string | null;
  /** Where to look for what may be seen, when namespaces may not be listed. */
  readonly namespaces: readonly string[];
  readonly meshName: string;
  readonly controlNamespace: string;
  readonly trustDomain: string;
  readonly controller: {
    readonly url: string;
    readonly caFile: string | null;
    readonly tokenFile: string | null;
  } | null;
  readonly metrics: MetricsSettings | null;
  /** What questions to the store may cost; null: as much as they do. */
  readonly queryBudget: BudgetLimits | null;
  /** The dialect the metrics are asked in; null: whichever the store has figures of. */
  readonly telemetry: Telemetry | null;
  readonly statusFile: string | null;
  readonly embedKeyFile: string | null;
  readonly allowedHosts: readonly string[];
  /** Whose x-forwarded-for is believed, besides this machine's own. */
  readonly proxies: BlockList;
  readonly login: LoginSettings;
}

/** An empty variable counts as one that is not set. Throws AppError `invalid_request` naming the variable. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): WebSettings {
  const given = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => name.startsWith("MESHDECK_") && value),
  );
  const result = SettingsSchema.safeParse(given);
  if (!result.success) {
    const issue = result.error.issues[0];
    const name = String(issue?.path[0]);
    throw new AppError("invalid_request", `${name} is "${withoutSecrets(given[name] ?? "")}": ${issue?.message}.`, {
      hint: "Correct the environment variable and start the dashboard again.",
    });
  }
  const read = result.data;
  const allowedHosts = listedNames(read.MESHDECK_ALLOWED_HOSTS);
  return {
    kubeconfig: read.MESHDECK_KUBECONFIG ?? null,
    kubeContext: read.MESHDECK_KUBE_CONTEXT ?? null,
    namespaces: listedNames(read.MESHDECK_NAMESPACES),
    meshName: read.MESHDECK_MESH_NAME,
    controlNamespace: read.MESHDECK_CONTROL_NAMESPACE,
    trustDomain: read.MESHDECK_TRUST_DOMAIN,
    controller: read.MESHDECK_CONTROLLER_URL
      ? {
          url: read.MESHDECK_CONTROLLER_URL,
          caFile: read.MESHDECK_CONTROLLER_CA_FILE ?? null,
          tokenFile: read.MESHDECK_ADMIN_TOKEN_FILE ?? null,
        }
      : null,
    metrics: metricsSettings(read),
    queryBudget: read.MESHDECK_QUERY_BUDGET ?? null,
    telemetry: telemetryOf(read),
    statusFile: read.MESHDECK_STATUS_FILE ?? null,
    embedKeyFile: read.MESHDECK_EMBED_KEY_FILE ?? null,
    allowedHosts,
    proxies: read.MESHDECK_TRUSTED_PROXIES,
    login: loginSettings(read, allowedHosts),
  };
}

function telemetryOf(read: z.output<typeof SettingsSchema>): Telemetry | null {
  if (read.MESHDECK_TELEMETRY !== "auto") return TELEMETRIES[read.MESHDECK_TELEMETRY];
  // The embedded store scrapes Meshdeck's own sidecars.
  return read.MESHDECK_METRICS_KIND === "embedded" ? TELEMETRIES.meshdeck : null;
}
