/** What the user may list and watch, by namespace, as the API server says of the user's own rights. */
import { limited } from "@/server/platform/limited";
import type { KubeClient } from "./client";
import { ACCESS_REVIEWS, type Resource } from "./resource";

const RULES_REVIEWS: Resource = { group: "authorization.k8s.io", version: "v1", plural: "selfsubjectrulesreviews" };

interface Rule {
  readonly verbs?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
}

export interface Rules {
  readonly rules: readonly Rule[];
  /** Some authorizer of the cluster does not tell its rules (a cloud's own, a webhook): what is not among them may still be allowed. */
  readonly incomplete: boolean;
}

/** An answer is good for all who ask at about the same moment. */
const KNOWN_MS = 5_000;
const AT_ONCE = 8;
const NOTHING: Rules = { rules: [], incomplete: false };

export class Rights {
  readonly #client: Pick<KubeClient, "create">;
  readonly #now: () => number;
  readonly #known = new Map<string, { readonly at: number; readonly answer: Promise<unknown> }>();
  readonly #inLine = limited(AT_ONCE);

  constructor(client: Pick<KubeClient, "create">, now: () => number) {
    this.#client = client;
    this.#now = now;
  }

  /**
   * One question for each namespace, whatever the number of kinds, where the API server knows all of its rules. What it
   * said last counts while it does not answer; a namespace it never said anything about: no.
   */
  async mayWatch(resource: Resource, namespace: string): Promise<boolean> {
    return watchable(await this.#rules(namespace), resource, (verb) => this.#may(verb, resource, namespace));
  }

  #rules(namespace: string): Promise<Rules> {
    return this.#recent(namespace, NOTHING, () => askRules(this.#client, namespace));
  }

  #may(verb: string, resource: Resource, namespace: string): Promise<boolean> {
    const key = `${namespace} ${verb} ${resource.plural}.${resource.group}`;
    return this.#recent(key, false, async () => {
      const { allowed } = await askAccess(this.#client, { verb, resource, namespace });
      return allowed;
    });
  }

  /** The last answer while it is fresh, and when there is no newer one to be had. */
  #recent<T>(key: string, before: T, ask: () => Promise<T>): Promise<T> {
    const known = this.#known.get(key) as { readonly at: number; readonly answer: Promise<T> } | undefined;
    if (known && this.#now() - known.at < KNOWN_MS) return known.answer;
    const answer = this.#inLine(ask).catch(() => known?.answer ?? before);
    this.#known.set(key, { at: this.#now(), answer });
    return answer;
  }
}

/** What the client's user may do in a namespace. Rejects as the API does. */
export async function askRules(client: Pick<KubeClient, "create">, namespace: string): Promise<Rules> {
  const review = await client.create(RULES_REVIEWS, {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectRulesReview",
    metadata: { name: "" },
    spec: { namespace },
  });
  const { resourceRules, incomplete } = (review.status ?? {}) as {
    readonly resourceRules?: readonly Rule[] | null;
    readonly incomplete?: boolean;
  };
  return { rules: resourceRules ?? [], incomplete: incomplete ?? false };
}

/**
 * Whether a kind may be both listed and watched: what is shown is kept current. By its rules, and where some authorizer
 * does not tell all of them, by its decision (`may`) on each verb.
 */
export async function watchable(
  { rules, incomplete }: Rules,
  resource: Resource,
  may: (verb: string) => Promise<boolean>,
): Promise<boolean> {
  const ungranted = ["list", "watch"].filter((verb) => !rules.some((rule) => covers(rule, verb, resource)));
  if (ungranted.length === 0 || !incomplete) return ungranted.length === 0;
  return (await Promise.all(ungranted.map(may))).every(Boolean);
}

/**
 * Whether a verb may be allowed on some object of a kind: by a rule, one for single names included, or by an authorizer that
 * does not tell its rules. false: the API server refuses it.
 */
export function mayGrant({ rules, incomplete }: Rules, verb: string, resource: Resource): boolean {
  return incomplete || rules.some((rule) => names(rule, verb, resource));
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

function covers(rule: Rule, verb: string, resource: Resource): boolean {
  // A rule for single objects by name lets nobody list.
  return (rule.resourceNames?.length ?? 0) === 0 && names(rule, verb, resource);
}

function names(rule: Rule, verb: string, { group, plural }: Resource): boolean {
  const has = (list: readonly string[] | undefined, value: string) =>
    list?.includes(value) === true || list?.includes("*") === true;
  return has(rule.verbs, verb) && has(rule.apiGroups, group) && has(rule.resources, plural);
}
