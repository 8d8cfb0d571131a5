import { AppError } from "@/lib/contract/errors";
import type { DataSource } from "@/lib/contract/settings";
import { SMI_RESOURCES } from "@/lib/smi/versions";
import type { KubeClient } from "@/server/kube/client";
import { DEPLOYMENTS, MESH_CONFIGS, NAMESPACES, type Resource, SERVICES } from "@/server/kube/resource";
import { type AccessAsked, askAccess } from "@/server/kube/rights";
import { checkSource, hostOf } from "./data-sources";

export type SourceClient = Pick<KubeClient, "server" | "text" | "create">;

interface Right extends AccessAsked {
  readonly action: string;
}

/** What the pages need, in the words of what one does there. */
function rightsOf(controlNamespace: string): readonly Right[] {
  const smi = (kind: keyof typeof SMI_RESOURCES): Resource => {
    const { group, plural, storage: version } = SMI_RESOURCES[kind];
    return { group, plural, version };
  };
  return [
    { action: "watch Services", verb: "watch", resource: SERVICES },
    { action: "watch policy", verb: "watch", resource: smi("TrafficTarget") },
    { action: "change TrafficSplits", verb: "update", resource: smi("TrafficSplit") },
    { action: "change TrafficTargets", verb: "update", resource: smi("TrafficTarget") },
    { action: "change HTTPRouteGroups", verb: "update", resource: smi("HTTPRouteGroup") },
    { action: "change the MeshConfig", verb: "update", resource: MESH_CONFIGS, namespace: controlNamespace },
    { action: "add namespaces to the mesh", verb: "patch", resource: NAMESPACES },
    { action: "restart Deployments", verb: "patch", resource: DEPLOYMENTS },
  ];
}

/** Version, latency, and what this user may do by the API server's own word. */
export function checkKubernetes(
  client: () => SourceClient,
  { controlNamespace, now }: { readonly controlNamespace: string; readonly now: () => number },
): Promise<DataSource> {
  return checkSource({ id: "kubernetes", now }, async () => {
    const api = client();
    const version = versionOf(await api.text("/version"));
    const rights = await Promise.all(rightsOf(controlNamespace).map((right) => askRight(api, right)));
    const missing = rights.filter(({ allowed }) => !allowed);
    return {
      message:
        missing.length === 0
          ? "It answers, and all the pages do is allowed."
          : "It answers. Not all the pages do is allowed.",
      facts: [
        ["Address", hostOf(api.server)],
        ["Version", version],
      ],
      rights,
    };
  });
}

function versionOf(text: string): string {
  try {
    const { gitVersion } = JSON.parse(text) as { gitVersion?: unknown };
    return typeof gitVersion === "string" ? gitVersion : "not said";
  } catch (cause) {
    throw new AppError("upstream_malformed", "What answers at the API server's address is no Kubernetes API.", {
      hint: "Check the address in the kubeconfig.",
      cause,
    });
  }
}

async function askRight(api: SourceClient, { action, ...asked }: Right): Promise<DataSource["rights"][number]> {
  try {
    const { allowed, reason } = await askAccess(api, asked);
    return { action, allowed, why: reason };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { action, allowed: false, why: error.message };
  }
}
