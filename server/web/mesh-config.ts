/** `/api/settings/mesh`: the MeshConfig read and written, never over somebody else's change. */
import { AppError } from "@/lib/contract/errors";
import type { MeshConfigBody, MeshConfigWrite, MeshConfigWritten } from "@/lib/contract/settings";
import { managerOf } from "@/lib/kube/managed-by";
import { MESH_CONFIG_NAME } from "@/lib/kube/names";
import type { KubeObject } from "@/lib/kube/objects";
import { checkMeshConfig } from "@/lib/mesh/mesh-config";
import type { FieldError } from "@/lib/smi/read";
import type { KubeClient } from "@/server/kube/client";
import { isConflict, isNotFound } from "@/server/kube/errors";
import { MESH_CONFIGS } from "@/server/kube/resource";

type Client = Pick<KubeClient, "find" | "create" | "replace">;

const API_VERSION = `${MESH_CONFIGS.group}/${MESH_CONFIGS.version}`;

/** As it is stored now: what one edits must not be what a watch last heard. */
export async function readMeshSettings(
  client: Client,
  namespace: string,
  signal?: AbortSignal,
): Promise<MeshConfigBody> {
  const object = await client.find(MESH_CONFIGS, { namespace, name: MESH_CONFIG_NAME }, signal);
  const managedBy = object === null ? null : managerOf(object);
  return { object, namespace, name: MESH_CONFIG_NAME, managedBy, partial: [] };
}

/** `unprocessable` with the fields that are wrong; `conflict` with the live object when it is no longer the one that was edited. */
export async function writeMeshSettings(
  client: Client,
  namespace: string,
  { object, dryRun = false }: MeshConfigWrite,
): Promise<MeshConfigWritten> {
  const wrong = [...identityErrors(object, namespace), ...checkMeshConfig(object)];
  if (wrong.length > 0) throw refused(wrong);
  try {
    const written = object.metadata.resourceVersion
      ? await client.replace(MESH_CONFIGS, object, { dryRun })
      : await client.create(MESH_CONFIGS, object, { dryRun });
    return { object: written, dryRun };
  } catch (error) {
    if (!isConflict(error) && !isNotFound(error)) throw error;
    const live = await client.find(MESH_CONFIGS, { namespace, name: MESH_CONFIG_NAME });
    throw live ? changedMeanwhile(live, error) : deletedMeanwhile(error);
  }
}

function identityErrors({ apiVersion, kind, metadata }: KubeObject, namespace: string): FieldError[] {
  const must = (field: string, value: unknown, wanted: string): FieldError[] =>
    value === wanted ? [] : [{ field, message: `must be ${wanted}, not ${JSON.stringify(value ?? null)}` }];
  return [
    ...must("apiVersion", apiVersion, API_VERSION),
    ...must("kind", kind, "MeshConfig"),
    ...must("metadata.name", metadata.name, MESH_CONFIG_NAME),
    ...must("metadata.namespace", metadata.namespace, namespace),
  ];
}

function refused(fields: readonly FieldError[]): AppError {
  const [first] = fields;
  return new AppError("unprocessable", `${first?.field} ${first?.message}. Nothing was written.`, {
    hint: "Correct the field and apply again.",
    details: { fields: [...fields] },
  });
}

function changedMeanwhile(live: KubeObject, cause: unknown): AppError {
  return new AppError("conflict", "The MeshConfig was changed by someone else. Nothing was written.", {
    hint: "Compare both versions, then keep theirs or put yours on top.",
    details: { live },
    cause,
  });
}

function deletedMeanwhile(cause: unknown): AppError {
  return new AppError("not_found", "The MeshConfig, or its namespace, is not there any more. Nothing was written.", {
    hint: "Load the page again; it can be created anew.",
    cause,
  });
}
