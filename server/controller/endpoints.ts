/** Under which names the controller is reached, and the certificates it shows there. */
import { isIP } from "node:net";
import type { WebhookTarget } from "@/server/inject/registration";
import type { Authority, IssuedCertificate } from "@/server/pki/authority";
import type { Settings } from "./settings";

const SERVICE = "meshdeck-controller";
/** The ADS server keeps its certificate as long as it runs, so that one lasts as long as the root. */
const UNLIMITED_SECONDS = 87_600 * 3600;
const SERVING_SECONDS = 30 * 86_400;

type Reach = Pick<Settings, "controlNamespace" | "advertisedHost">;

/** The name in the controller's certificates, whatever address leads to it. */
export function serverName({ controlNamespace }: Reach): string {
  return `${SERVICE}.${controlNamespace}.svc`;
}

/** Where sidecars connect. */
export function sidecarEndpoint(settings: Reach, port: number): { host: string; port: number; serverName: string } {
  const name = serverName(settings);
  return { host: settings.advertisedHost ?? `${name}.cluster.local`, port, serverName: name };
}

/** Where the API server sends admission reviews. */
export function webhookTarget({ advertisedHost, controlNamespace }: Reach, port: number): WebhookTarget {
  return advertisedHost
    ? { url: { host: advertisedHost, port } }
    : { service: { name: SERVICE, namespace: controlNamespace, port } };
}

/** For sidecars. */
export function adsCertificate(authority: Authority, settings: Reach): IssuedCertificate {
  return issue(authority, settings, UNLIMITED_SECONDS);
}

/** For the webhook and the admin API; renewed while they run. */
export function servingCertificate(authority: Authority, settings: Reach): IssuedCertificate {
  return issue(authority, settings, SERVING_SECONDS);
}

function issue(authority: Authority, settings: Reach, validitySeconds: number): IssuedCertificate {
  const name = serverName(settings);
  const { advertisedHost } = settings;
  const isAddress = advertisedHost !== undefined && isIP(advertisedHost) !== 0;
  const dnsNames = [name, `${name}.cluster.local`, "localhost"];
  if (advertisedHost && !isAddress && !dnsNames.includes(advertisedHost)) dnsNames.push(advertisedHost);
  const ips = [...new Set(["127.0.0.1", ...(isAddress ? [advertisedHost] : [])])];
  return authority.issue({ dnsNames, ips, uris: [], validitySeconds, usages: ["server"] });
}
