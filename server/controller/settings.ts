import { hostname } from "node:os";
import { parseArgs } from "node:util";
import { z } from "zod";
import { AppError } from "@/lib/contract/errors";
import { ADS_PORT, DEFAULT_CONTROL_NAMESPACE, DEFAULT_MESH_NAME, DEFAULT_TRUST_DOMAIN } from "@/lib/kube/names";

const name = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, "use lower-case letters, digits and hyphens");
const port = z.coerce
  .number("use a number")
  .int("use a whole number")
  .min(0, "use 0 to 65535")
  .max(65_535, "use 0 to 65535");
const text = z.string().min(1, "give a value");

/**
 * Everything the controller can be told. Each is a flag (`--ads-port`) and a variable (`MESHDECK_ADS_PORT`); the flag wins.
 * A port of 0 picks a free one.
 */
const SettingsSchema = z.object({
  kubeconfig: text
    .optional()
    .describe("kubeconfig of the cluster; without it KUBECONFIG, then the pod's service account"),
  meshName: name.default(DEFAULT_MESH_NAME).describe("mesh that namespaces name in openservicemesh.io/monitored-by"),
  controlNamespace: name.default(DEFAULT_CONTROL_NAMESPACE).describe("namespace of the controller and its MeshConfig"),
  trustDomain: z
    .string()
    .regex(/^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/, "use a DNS name")
    .default(DEFAULT_TRUST_DOMAIN)
    .describe("trust domain of identities"),
  bindHost: text.default("0.0.0.0").describe("address to listen on"),
  advertisedHost: text
    .optional()
    .describe("name or address sidecars and the API server reach it by; without it its Service"),
  adsPort: port.default(ADS_PORT).describe("configuration of sidecars (gRPC, mutual TLS)"),
  webhookPort: port.default(9090).describe("injection webhook (HTTPS)"),
  httpPort: port.default(9091).describe("/healthz, /readyz and /metrics (HTTP)"),
  adminPort: port.default(9092).describe("admin API (HTTPS, bearer token)"),
  adminTokenFile: text.optional().describe("file with the admin API's bearer token; without it the admin API is off"),
  envoyImage: text.default("envoyproxy/envoy:v1.40.0").describe("image of injected sidecars"),
  replicaName: text.default(hostname()).describe("unique among replicas, stable over restarts"),
});

export type Settings = z.infer<typeof SettingsSchema>;

/** Settings from flags and variables, or null when `--help` asks for helpText(). `invalid_request` names what is wrong. */
export function readSettings(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Settings | null {
  const names = Object.keys(SettingsSchema.shape);
  const flags = Object.fromEntries(names.map((key) => [flagOf(key), { type: "string" as const }]));
  let given: Record<string, string | boolean | undefined>;
  try {
    given = parseArgs({ args: [...args], options: { ...flags, help: { type: "boolean", short: "h" } } }).values;
  } catch (error) {
    throw refuse(error instanceof Error ? `${error.message.replace(/\.(\s.*)?$/s, "")}.` : String(error));
  }
  if (given.help) return null;
  const values: Record<string, unknown> = {};
  for (const key of names) {
    const value = given[flagOf(key)] ?? env[variableOf(key)];
    // An empty variable is one that a script left unset.
    if (value !== undefined && value !== "") values[key] = value;
  }
  const parsed = SettingsSchema.safeParse(values);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const key = String(issue?.path[0] ?? "");
  throw refuse(`--${flagOf(key)} (${variableOf(key)}) is "${String(values[key] ?? "")}": ${issue?.message}.`);
}

/** What `--help` prints. */
export function helpText(): string {
  const defaults = SettingsSchema.partial().parse({}) as Record<string, unknown>;
  const rows = Object.entries(SettingsSchema.shape).map(([key, schema]) => {
    const fallback = key === "replicaName" ? "the host's name" : defaults[key];
    const ending = fallback === undefined ? "" : ` (default ${String(fallback)})`;
    return `  --${flagOf(key).padEnd(20)} ${variableOf(key).padEnd(28)} ${schema.description ?? ""}${ending}`;
  });
  return `Meshdeck controller: configures Envoy sidecars, issues their certificates and injects them into pods.\n\n${rows.join("\n")}\n`;
}

function flagOf(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function variableOf(key: string): string {
  return `MESHDECK_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

function refuse(message: string): AppError {
  return new AppError("invalid_request", message, { hint: "Run it with --help to see every flag." });
}
