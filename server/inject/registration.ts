import { IGNORE_LABEL, MONITORED_BY_LABEL } from "@/lib/kube/names";
import type { KubeObject } from "@/lib/kube/objects";
import type { MeshScope } from "./decide";
import { WEBHOOK_PATH } from "./webhook";

/** `url` where the API server reaches the controller by name or address; `service` inside a cluster. */
export type WebhookTarget =
  | { readonly url: { readonly host: string; readonly port: number } }
  | { readonly service: { readonly name: string; readonly namespace: string; readonly port: number } };

/** The object that makes the API server ask the webhook about every pod created in a meshed namespace. Names are OSM's. */
export function webhookRegistration(scope: MeshScope, target: WebhookTarget, rootsPem: string): KubeObject {
  const clientConfig =
    "url" in target
      ? { url: `https://${bracket(target.url.host)}:${target.url.port}${WEBHOOK_PATH}` }
      : { service: { ...target.service, path: WEBHOOK_PATH } };
  return {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "MutatingWebhookConfiguration",
    metadata: { name: `osm-webhook-${scope.meshName}`, labels: { "app.kubernetes.io/name": "meshdeck" } },
    webhooks: [
      {
        name: "osm-inject.k8s.io",
        clientConfig: { ...clientConfig, caBundle: Buffer.from(rootsPem).toString("base64") },
        rules: [
          { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"], scope: "Namespaced" },
        ],
        namespaceSelector: {
          matchLabels: { [MONITORED_BY_LABEL]: scope.meshName },
          matchExpressions: [
            { key: IGNORE_LABEL, operator: "DoesNotExist" },
            { key: "control-plane", operator: "DoesNotExist" },
            {
              key: "kubernetes.io/metadata.name",
              operator: "NotIn",
              values: ["kube-system", "kube-public", scope.controlNamespace],
            },
          ],
        },
        admissionReviewVersions: ["v1"],
        // A pod without its sidecar would be refused by every meshed service: better not to start it at all.
        failurePolicy: "Fail",
        reinvocationPolicy: "IfNeeded",
        matchPolicy: "Equivalent",
        sideEffects: "None",
        timeoutSeconds: 10,
      },
    ],
  };
}

function bracket(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
