/** What the user may list and watch, by namespace, as the API server says of the user's own rights. */
import type { KubeClient } from "./client";
import { ACCESS_REVIEWS, type Resource } from "./resource";

const REVIEWS: Resource = { group: "authorization.k8s.io", version: "v1", plural: "selfsubjectrulesreviews" };

export interface Rule {
  readonly verbs?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** Roles are given seldom; a namespace is asked about again after this long. */
const KNOWN_MS = 60_000;

export class Rights {
  readonly #client: Pick<KubeClient, "create">;
  readonly #now: () => number;
  readonly #known = new Map<string, { readonly at: number; readonly rules: Promise<readonly Rule[]> }>();

  constructor(client: Pick<KubeClient, "create">, now: () => number) {
    this.#client = client;
    this.#now = now;
  }

  /** One question for each namespace, whatever the number of kinds. A namespace nobody can say anything about: no. */
  async mayWatch(resource: Resource, namespace: string): Promise<boolean> {
    return allowsWatching(await this.#rules(namespace), resource);
  }

  #rules(namespace: string): Promise<readonly Rule[]> {
    const known = this.#known.get(namespace);
    if (known && this.#now() - known.at < KNOWN_MS) return known.rules;
    const rules = askRules(this.#client, namespace).catch(() => []);
    this.#known.set(namespace, { at: this.#now(), rules });
    return rules;
  }
}

/** What the client's user may do in a namespace. Rejects as the API does. */
export async function askRules(client: Pick<KubeClient, "create">, namespace: string): Promise<readonly Rule[]> {
  const review = await client.create(REVIEWS, {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectRulesReview",
    metadata: { name: "" },
    spec: { namespace },
  });
  const status = review.status as { readonly resourceRules?: readonly Rule[] } | undefined;
  return status?.resourceRules ?? [];
}

/** Both listed and watched: what is shown is kept current. */
export function allowsWatching(rules: readonly Rule[], resource: Resource): boolean {
  return ["list", "watch"].every((verb) => rules.some((rule) => covers(rule, verb, resource)));
}

export interface AccessAsked {
  readonly verb: string;
  readonly resource: Resource;
  /** In every namespace when left out. */
  readonly namespace?: string;
}

/** The API server's own word about one thing the client's user wants to do. Rejects as the API does. */
export async function askAccess(
  client: Pick<KubeClient, "create">,
  { verb, resource, namespace }: AccessAsked,
): Promise<{ readonly allowed: boolean; readonly reason: string }> {
  const { group, version, plural } = resource;
  const review = await client.create(ACCESS_REVIEWS, {
    apiVersion: `${ACCESS_REVIEWS.group}/${ACCESS_REVIEWS.version}`,
    kind: "SelfSubjectAccessReview",
    // A review is asked, not stored: it has no name.
    metadata: {} as { name: string },
    spec: { resourceAttributes: { verb, group, version, resource: plural, ...(namespace ? { namespace } : {}) } },
  });
  const { allowed, reason } = (review.status ?? {}) as { allowed?: boolean; reason?: string };
  return { allowed: allowed === true, reason: reason ?? "" };
}

function covers(rule: Rule, verb: string, { group, plural }: Resource): boolean {
  const has = (list: readonly string[] | undefined, value: string) =>
    list?.includes(value) === true || list?.includes("*") === true;
  // A rule for single objects by name lets nobody list.
  if ((rule.resourceNames?.length ?? 0) > 0) return false;
  return has(rule.verbs, verb) && has(rule.apiGroups, group) && has(rule.resources, plural);
}
