/** `/api/smi`: SMI objects read and written in the version they are stored in, never over somebody else's change. */
import { AppError } from "@/lib/contract/errors";
import type { SmiDeleted, SmiItem, SmiList, SmiWrite, SmiWritten } from "@/lib/contract/smi";
import type { SmiPlural } from "@/lib/contract/smi-plurals";
import { managerOf } from "@/lib/kube/managed-by";
import type { KubeObject } from "@/lib/kube/objects";
import type { MeshObjects } from "@/lib/mesh/input";
import { SMI_RESOURCES, type SmiResource } from "@/lib/smi/versions";
import type { KubeClient } from "@/server/kube/client";
import { isConflict, isNotFound } from "@/server/kube/errors";
import type { Resource } from "@/server/kube/resource";
import { inStoredVersion } from "@/server/kube/stored-version";
import type { MeshView } from "./mesh-view";
import { problemFinder } from "./problems-of";

type Writer = Pick<KubeClient, "get" | "find" | "create" | "replace" | "delete">;

export interface SmiName {
  readonly plural: SmiPlural;
  readonly namespace: string;
  readonly name: string;
}

const FIELD: Readonly<Record<SmiPlural, keyof MeshObjects>> = {
  trafficsplits: "trafficSplits",
  traffictargets: "trafficTargets",
  httproutegroups: "httpRouteGroups",
  tcproutes: "tcpRoutes",
};

export function listSmi(mesh: MeshView, plural: SmiPlural): SmiList {
  const { kind } = typeOf(plural);
  const problems = problemFinder(mesh.model);
  const items = (mesh.objects[FIELD[plural]] as readonly KubeObject[]).map((object): SmiItem => {
    const { namespace, name, resourceVersion = "" } = object.metadata;
    return {
      object,
      apiVersion: object.apiVersion,
      resourceVersion,
      problems: problems(kind, `${namespace}/${name}`),
      managedBy: managerOf(object),
    };
  });
  items.sort((a, b) => (nameOf(a.object) < nameOf(b.object) ? -1 : 1));
  return { items, partial: [...mesh.partial] };
}

export async function getSmi(client: Writer, name: SmiName): Promise<SmiWritten> {
  return { object: await readStored(client, name), dryRun: false };
}

export async function createSmi(client: Writer, plural: SmiPlural, write: SmiWrite): Promise<SmiWritten> {
  const resource = resourceOf(write.object, plural);
  const { object, dryRun = false } = write;
  const { namespace } = object.metadata;
  if (!namespace) throw fieldError("metadata.namespace", "is required: name the object's namespace");
  if (!NAMESPACE.test(namespace))
    throw fieldError("metadata.namespace", "must be lower case letters, digits and dashes");
  try {
    const created = await client.create(resource, withoutServerFields(object), { dryRun });
    return { object: inStoredVersion(created), dryRun };
  } catch (error) {
    throw isConflict(error) ? taken(object, error) : error;
  }
}

/** Names of namespaces are DNS labels. */
const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

function taken({ kind, metadata: { namespace, name } }: KubeObject, cause: unknown): AppError {
  return new AppError("conflict", `There is a ${kind} ${namespace}/${name} already. Nothing was written.`, {
    hint: "Choose another name, or edit the one there is.",
    details: { fields: [{ field: "metadata.name", message: "is taken" }] },
    cause,
  });
}

/** `conflict` with the live object when it is no longer the one that was edited. */
export async function replaceSmi(client: Writer, name: SmiName, write: SmiWrite): Promise<SmiWritten> {
  const { object, dryRun = false } = write;
  const resource = resourceOf(object, name.plural);
  if (object.metadata.name !== name.name || object.metadata.namespace !== name.namespace) {
    throw fieldError("metadata.name", `must be ${name.namespace}/${name.name}, as in the path`);
  }
  if (!object.metadata.resourceVersion) {
    throw fieldError("metadata.resourceVersion", "is required: it says which version was edited");
  }
  try {
    return { object: inStoredVersion(await client.replace(resource, object, { dryRun })), dryRun };
  } catch (error) {
    throw await withLive(error, client, name);
  }
}

export async function deleteSmi(
  client: Writer,
  name: SmiName,
  options: { readonly resourceVersion: string; readonly dryRun: boolean },
): Promise<SmiDeleted> {
  try {
    await client.delete(storage(name.plural), name, options);
    return { deleted: !options.dryRun, dryRun: options.dryRun };
  } catch (error) {
    throw await withLive(error, client, name);
  }
}

/** A conflict carries what is there now, so that both versions can be shown. */
async function withLive(error: unknown, client: Writer, name: SmiName): Promise<unknown> {
  const deleted = isNotFound(error);
  if (!isConflict(error) && !deleted) return error;
  const live = deleted ? null : await client.find(storage(name.plural), name);
  if (!live) {
    return new AppError(
      "not_found",
      `${typeOf(name.plural).kind} ${name.namespace}/${name.name} was deleted meanwhile.`,
      {
        hint: "Create it again if it is still wanted.",
        cause: error,
      },
    );
  }
  return new AppError(
    "conflict",
    `${typeOf(name.plural).kind} ${name.namespace}/${name.name} was changed by someone else. Nothing was written.`,
    {
      hint: "Compare both versions, then keep theirs or put yours on top.",
      details: { live: inStoredVersion(live) },
      cause: error,
    },
  );
}

async function readStored(client: Writer, name: SmiName): Promise<KubeObject> {
  return inStoredVersion(await client.get(storage(name.plural), name));
}

function typeOf(plural: SmiPlural): SmiResource {
  const found = Object.values(SMI_RESOURCES).find((resource) => resource.plural === plural);
  if (!found) throw new AppError("not_found", `There is no SMI kind ${plural}.`);
  return found;
}

function storage(plural: SmiPlural): Resource {
  const { group, storage: version } = typeOf(plural);
  return { group, version, plural };
}

/** The resource of the version the object is written in. */
function resourceOf(object: KubeObject, plural: SmiPlural): Resource {
  const { group, kind, versions } = typeOf(plural);
  if (object.kind !== kind) throw fieldError("kind", `must be ${kind}`);
  const [ownGroup, version] = object.apiVersion.split("/");
  if (ownGroup !== group || !version || !versions.includes(version)) {
    throw fieldError("apiVersion", `must be ${group}/ and one of ${versions.join(", ")}`);
  }
  return { group, version, plural };
}

function withoutServerFields(object: KubeObject): KubeObject {
  const { resourceVersion: _, uid: __, creationTimestamp: ___, ...metadata } = object.metadata;
  return { ...object, metadata };
}

function fieldError(field: string, message: string): AppError {
  return new AppError("invalid_request", `${field} ${message}.`, {
    hint: "Correct the object and send it again.",
    details: { fields: [{ field, message }] },
  });
}

function nameOf(object: KubeObject): string {
  return `${object.metadata.namespace}/${object.metadata.name}`;
}
