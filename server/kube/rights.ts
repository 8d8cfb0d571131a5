/** What the user may list and watch, by namespace, as the API server says of the user's own rights. */
import type { KubeClient } from "./client";
import type { Resource } from "./resource";

const REVIEWS: Resource = { group: "authorization.k8s.io", version: "v1", plural: "selfsubjectrulesreviews" };

interface Rule {
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
    const rules = await this.#rules(namespace);
    const allowed = (verb: string) => rules.some((rule) => covers(rule, verb, resource));
    return allowed("list") && allowed("watch");
  }

  #rules(namespace: string): Promise<readonly Rule[]> {
    const known = this.#known.get(namespace);
    if (known && this.#now() - known.at < KNOWN_MS) return known.rules;
    const rules = this.#ask(namespace).catch(() => []);
    this.#known.set(namespace, { at: this.#now(), rules });
    return rules;
  }

  async #ask(namespace: string): Promise<readonly Rule[]> {
    const review = await this.#client.create(REVIEWS, {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SelfSubjectRulesReview",
      metadata: { name: "" },
      spec: { namespace },
    });
    const status = review.status as { readonly resourceRules?: readonly Rule[] } | undefined;
    return status?.resourceRules ?? [];
  }
}

function covers(rule: Rule, verb: string, { group, plural }: Resource): boolean {
  const has = (list: readonly string[] | undefined, value: string) =>
    list?.includes(value) === true || list?.includes("*") === true;
  // A rule for single objects by name lets nobody list.
  if ((rule.resourceNames?.length ?? 0) > 0) return false;
  return has(rule.verbs, verb) && has(rule.apiGroups, group) && has(rule.resources, plural);
}
