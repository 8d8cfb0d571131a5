/** What of the mesh a user may list and watch, by the API server's word. */
import type { KubeClient } from "@/server/kube/client";
import { askAccess, askRules, ungranted } from "@/server/kube/rights";
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
  const mayIn = async (kind: MeshKind, index: number): Promise<boolean> => {
    const resource = KIND_RESOURCES[kind];
    const { rules: told, incomplete } = rules[index] ?? { rules: [], incomplete: false };
    const verbs = ungranted(told, resource);
    if (verbs.length === 0 || !incomplete) return verbs.length === 0;
    // Some authorizer does not tell its rules, only its decisions.
    const namespace = namespaces[index] ?? "";
    const answers = await Promise.all(
      verbs.map((verb) => inLine(() => askAccess(client, { verb, resource, namespace }))),
    );
    return answers.every(({ allowed: granted }) => granted);
  };
  const reach = async (kind: MeshKind): Promise<Reach> => {
    if (everywhere.has(kind)) return "everywhere";
    const answers = await Promise.all(namespaces.map((_, index) => mayIn(kind, index)));
    return new Set(namespaces.filter((_, index) => answers[index]));
  };
  const reached = await Promise.all(MESH_KINDS.map(async (kind) => [kind, await reach(kind)] as const));
  return Object.fromEntries(reached) as Record<MeshKind, Reach>;
}
