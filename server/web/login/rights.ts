/** What of the mesh a user may list and watch, by the API server's word. */
import type { KubeClient } from "@/server/kube/client";
import { allowsWatching, askAccess, askRules } from "@/server/kube/rights";
import { limited } from "../boards-shared";
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
  const rules = await Promise.all(namespaces.map((name) => inLine(() => askRules(client, name))));
  const reach = (kind: MeshKind): Reach =>
    everywhere.has(kind)
      ? "everywhere"
      : new Set(namespaces.filter((_, index) => allowsWatching(rules[index] ?? [], KIND_RESOURCES[kind])));
  return Object.fromEntries(MESH_KINDS.map((kind) => [kind, reach(kind)])) as Record<MeshKind, Reach>;
}
