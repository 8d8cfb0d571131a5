import { readFile } from "node:fs/promises";
import type { KubeconfigCluster, KubeconfigUser } from "./kubeconfig";
import type { Credentials, KubeAccess } from "./transport";

/** What a request proves itself with now. */
export type CredentialSource = () => Promise<Credentials>;

const POD_FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount";

/** What the fields of a kubeconfig say; files are read each time, for they may rotate. */
export function fromFields(cluster: KubeconfigCluster, user: KubeconfigUser): CredentialSource {
  return async () => {
    const headers: Record<string, string> = {};
    const token = user.tokenFile ? (await readFile(user.tokenFile, "utf8")).trim() : user.token;
    if (token) headers.Authorization = `Bearer ${token}`;
    else if (user.username) {
      headers.Authorization = `Basic ${Buffer.from(`${user.username}:${user.password ?? ""}`).toString("base64")}`;
    }
    if (user.as) headers["Impersonate-User"] = user.as;
    const ca = await bytes(cluster["certificate-authority-data"], cluster["certificate-authority"]);
    const cert = await bytes(user["client-certificate-data"], user["client-certificate"]);
    const key = await bytes(user["client-key-data"], user["client-key"]);
    const servername = cluster["tls-server-name"];
    return {
      headers,
      tls: {
        ...(ca ? { ca } : {}),
        ...(cert ? { cert } : {}),
        ...(key ? { key } : {}),
        ...(servername ? { servername } : {}),
        ...(cluster["insecure-skip-tls-verify"] ? { rejectUnauthorized: false } : {}),
      },
    };
  };
}

/** A user and groups to act as. */
export interface Impersonated {
  readonly user: string;
  readonly groups: readonly string[];
}

/** The same API server, asked on behalf of somebody else. */
export function impersonating(access: KubeAccess, { user, groups }: Impersonated): KubeAccess {
  return {
    ...access,
    credentials: async () => {
      const { headers, tls } = await access.credentials();
      const as = { "Impersonate-User": user, ...(groups.length > 0 ? { "Impersonate-Group": groups } : {}) };
      return { headers: { ...headers, ...as }, tls };
    },
  };
}

/** The service account of the pod this runs in; null outside of one. `token` takes the place of its own. */
export function inCluster(token?: string): { server: string; credentials: CredentialSource } | null {
  const host = process.env.KUBERNETES_SERVICE_HOST;
  const port = process.env.KUBERNETES_SERVICE_PORT ?? "443";
  if (!host) return null;
  const server = `https://${host.includes(":") ? `[${host}]` : host}:${port}`;
  const user = token ? { token } : { tokenFile: `${POD_FOLDER}/token` };
  return { server, credentials: fromFields({ server, "certificate-authority": `${POD_FOLDER}/ca.crt` }, user) };
}

/**
 * Plugins that run a program or ask a provider are left to Kubernetes' own client. It is loaded only for them: it takes
 * half a second and 70 MB, which nobody with a token or a certificate needs to pay.
 */
export function delegated(paths: readonly string[], context: string): CredentialSource {
  const load = async () => {
    const { KubeConfig } = await import("@kubernetes/client-node");
    const config = new KubeConfig();
    const [first = "", ...others] = paths;
    config.loadFromFile(first);
    for (const path of others) {
      const more = new KubeConfig();
      more.loadFromFile(path);
      config.mergeConfig(more);
    }
    config.setCurrentContext(context);
    return config;
  };
  let loading: ReturnType<typeof load> | null = null;
  return async () => {
    loading ??= load();
    const config = await loading;
    const applied: Parameters<typeof config.applyToHTTPSOptions>[0] = { headers: {} };
    await config.applyToHTTPSOptions(applied);
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(applied.headers ?? {})) headers[name] = String(value);
    const tls: Record<string, unknown> = {};
    for (const name of ["ca", "cert", "key", "pfx", "passphrase", "servername", "rejectUnauthorized"] as const) {
      if (applied[name] !== undefined) tls[name] = applied[name];
    }
    return { headers, tls: tls as Credentials["tls"] };
  };
}

async function bytes(data: string | undefined, path: string | undefined): Promise<Buffer | null> {
  if (data) return Buffer.from(data, "base64");
  return path ? readFile(path) : null;
}
