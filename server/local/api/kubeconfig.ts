/** The file that points kubectl at this API. */
import { stringify } from "yaml";

export function kubeconfigText(access: { url: string; caPem: string | null; token: string }): string {
  const authority =
    access.caPem === null ? {} : { "certificate-authority-data": Buffer.from(access.caPem).toString("base64") };
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "meshdeck", cluster: { server: access.url, ...authority } }],
    users: [{ name: "meshdeck", user: { token: access.token } }],
    contexts: [{ name: "meshdeck", context: { cluster: "meshdeck", user: "meshdeck", namespace: "default" } }],
    "current-context": "meshdeck",
  });
}
