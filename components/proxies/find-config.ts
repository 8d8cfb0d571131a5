/** What the controller gives to a sidecar, searched and as text. */
import { stringify } from "yaml";
import type { ProxyConfig } from "@/lib/contract/admin";

export type ConfigResource = ProxyConfig["resources"][number];

/** In the order one reads them: where calls come in, where they go. */
const ORDER = ["LDS", "RDS", "CDS", "EDS", "SDS"];

/** Resources whose name or content holds the text, whatever its case; in reading order. */
export function findResources(resources: readonly ConfigResource[], find: string): readonly ConfigResource[] {
  const wanted = find.trim().toLowerCase();
  return resources
    .filter((each) => wanted === "" || `${each.name}\n${resourceText(each)}`.toLowerCase().includes(wanted))
    .sort((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type) || (a.name < b.name ? -1 : 1));
}

/** How a link names it: `CDS bookstore/bookstore|14001`. */
export function resourceKey({ type, name }: Pick<ConfigResource, "type" | "name">): string {
  return `${type} ${name}`;
}

const texts = new WeakMap<ConfigResource, string>();

/** Written out once: a search through a thousand clusters asks for it with every letter. */
export function resourceText(resource: ConfigResource): string {
  const known = texts.get(resource);
  if (known !== undefined) return known;
  const text = stringify(resource.resource, { lineWidth: 0 });
  texts.set(resource, text);
  return text;
}

export interface ResourcePair {
  /** `CDS bookstore/bookstore|14001`. */
  readonly label: string;
  /** "" where the sidecar has no such resource. */
  readonly left: string;
  readonly right: string;
}

/** What two sidecars are given differently, in reading order. What both have alike is left out. */
export function differences(
  left: readonly ConfigResource[],
  right: readonly ConfigResource[],
): readonly ResourcePair[] {
  const label = (each: ConfigResource) => `${each.type} ${each.name}`;
  const rights = new Map(right.map((each) => [label(each), each]));
  const lefts = new Map(left.map((each) => [label(each), each]));
  const all = new Map([...lefts, ...rights]);
  return findResources([...all.values()], "").flatMap((each) => {
    const name = label(each);
    const [one, other] = [lefts.get(name), rights.get(name)];
    if (one?.version === other?.version) return [];
    return [{ label: name, left: one ? resourceText(one) : "", right: other ? resourceText(other) : "" }];
  });
}
