/** What of the mesh a user may list and watch, by the API server's word. */
import type { KubeClient } from "@/server/kube/client";
import { askAccess, askRules, watchable } from "@/server/kube/rights";
import { limited } from "@/server/platform/limited";
import { KIND_RESOURCES, MESH_KINDS, type MeshKind, type Reach, type Scope } from "../limited/scope";

export interface RightsAsked {
  /** Namespaces there are. */
  readonly namespaces: readonly string[];
  /** Where the MeshConfig is. */
  readonly controlNamespace: string;
}

/** Questions under way at once, for one user. */
const AT_ONCE = 8;
const ANYTHING = { group: "*", version: "*", plural: "*" };

/**
 * null: the whole mesh. One question for those who may do anything, else two for each kind, and then one for each
 * namespace. Rejects as the API does: `unauthenticated` when it does not know the user.
 */
export async function askScope(
  client: Pick<KubeClient, "create">,
  { namespaces, controlNamespace }: RightsAsked,
): Promise<Scope | null> {
  const { allowed } = await askAccess(client, { verb: "*", resource: ANYTHING });
  if (allowed) return null;
  const inLine = limited(AT_ONCE);
  const may = async (kind: MeshKind): Promise<boolean> => {
    // Of MeshConfigs only the mesh's own is watched.
    const place = kind === "meshConfigs" ? { namespace: controlNamespace } : {};
    const answers = await Promise.all(
      ["list", "watch"].map((verb) =>
        inLine(() => askAccess(client, { verb, resource: KIND_RESOURCES[kind], ...place })),
      ),
    );
    return answers.every((answer) => answer.allowed);
  };
  const everywhere = new Set<MeshKind>();
  await Promise.all(MESH_KINDS.map(async (kind) => (await may(kind)) && everywhere.add(kind)));
  if (everywhere.size === MESH_KINDS.length) return null;
  const rulesOf = await Promise.all(
    namespaces.map(async (name) => [name, await inLine(() => askRules(client, name))] as const),
  );
  const reach = async (kind: MeshKind): Promise<Reach> => {
    if (everywhere.has(kind)) return "everywhere";
    const resource = KIND_RESOURCES[kind];
    const answers = await Promise.all(
      rulesOf.map(async ([namespace, rules]) => {
        const may = async (verb: string) =>
          (await inLine(() => askAccess(client, { verb, resource, namespace }))).allowed;
        return { namespace, seen: await watchable(rules, resource, may) };
      }),
    );
    return new Set(answers.flatMap(({ namespace, seen }) => (seen ? [namespace] : [])));
  };
  const reached = await Promise.all(MESH_KINDS.map(async (kind) => [kind, await reach(kind)] as const));
  return Object.fromEntries(reached) as Record<MeshKind, Reach>;
}
