/** PUT /api/namespaces/{name}/membership: the label and the annotation by which a namespace is part of the mesh. */
import { AppError } from "@/lib/contract/errors";
import type { Membership, MembershipSet } from "@/lib/contract/namespaces";
import { IGNORE_LABEL, MONITORED_BY_LABEL, SIDECAR_INJECTION_ANNOTATION } from "@/lib/kube/names";
import type { KubeClient } from "@/server/kube/client";
import { isConflict } from "@/server/kube/errors";
import { NAMESPACES } from "@/server/kube/resource";
import type { WebSettings } from "./settings";

type Writer = Pick<KubeClient, "get" | "patch">;

/** `conflict` when it was changed meanwhile or belongs to another mesh; nothing is written then. */
export async function setMembership(
  client: Writer,
  { meshName, controlNamespace }: Pick<WebSettings, "meshName" | "controlNamespace">,
  { name, meshed, resourceVersion, dryRun = false }: Membership & { readonly name: string },
): Promise<MembershipSet> {
  if (meshed && name === controlNamespace) {
    throw new AppError("invalid_request", `${name} holds the control plane and cannot be part of the mesh.`, {
      hint: "A sidecar there would wait for the controller that it keeps from starting.",
    });
  }
  const live = await client.get(NAMESPACES, { name });
  const owner = live.metadata.labels?.[MONITORED_BY_LABEL];
  if (owner !== undefined && owner !== meshName) {
    throw new AppError("conflict", `Namespace ${name} belongs to the mesh ${owner}. Nothing was written.`, {
      hint: `Take it out of ${owner} first.`,
    });
  }
  if (live.metadata.resourceVersion !== resourceVersion) throw changedMeanwhile(name);
  const labels = { [MONITORED_BY_LABEL]: meshed ? meshName : null, ...(meshed ? { [IGNORE_LABEL]: null } : {}) };
  const annotations = { [SIDECAR_INJECTION_ANNOTATION]: meshed ? "enabled" : null };
  try {
    // The resourceVersion in the patch makes the API server refuse what changed after the look above.
    const patch = { metadata: { resourceVersion, labels, annotations } };
    const written = await client.patch(NAMESPACES, { name }, patch, { type: "merge", dryRun });
    return { name, meshed, resourceVersion: written.metadata.resourceVersion ?? resourceVersion, dryRun };
  } catch (error) {
    throw isConflict(error) ? changedMeanwhile(name, error) : error;
  }
}

function changedMeanwhile(name: string, cause?: unknown): AppError {
  return new AppError("conflict", `Namespace ${name} was changed by someone else. Nothing was written.`, {
    hint: "Look at it as it is now, then repeat the change.",
    cause,
  });
}
