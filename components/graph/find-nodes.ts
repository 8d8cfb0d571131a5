import type { Picture } from "./picture";
import { edgeStatus, nodeStatus } from "./status";

/** Words the search knows besides names. */
export const FIND_HELP = "A name, ns:bookstore, or one of: denied, errors, idle, plaintext, problem";

type Test = (picture: Picture) => ReadonlySet<string>;

const ends = (picture: Picture, wanted: (edge: NonNullable<Picture["edges"][number]["edge"]>) => boolean) =>
  new Set(picture.edges.flatMap((each) => (each.edge !== null && wanted(each.edge) ? [each.from, each.to] : [])));

const WORDS: Readonly<Record<string, Test>> = {
  denied: (picture) => ends(picture, (edge) => edge.denied),
  errors: (picture) => ends(picture, (edge) => (edge.errorRatio ?? 0) > 0),
  idle: (picture) => ends(picture, (edge) => edgeStatus(edge) === "idle"),
  plaintext: (picture) => ends(picture, (edge) => edge.mtlsRatio !== null && edge.mtlsRatio < 1),
  problem: (picture) => new Set(picture.nodes.filter((node) => nodeStatus(node) !== "healthy").map((node) => node.id)),
};

/** Ids of nodes for which every term is true; null for an empty search. Terms are names, `ns:NAME` and the words above. */
export function findNodes(picture: Picture, search: string): ReadonlySet<string> | null {
  const terms = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (terms.length === 0) return null;
  const sets = terms.map((term) => findTerm(picture, term));
  return new Set(picture.nodes.map((node) => node.id).filter((id) => sets.every((set) => set.has(id))));
}

function findTerm(picture: Picture, term: string): ReadonlySet<string> {
  const word = WORDS[term];
  if (word) return word(picture);
  const inNamespace = term.startsWith("ns:") ? term.slice(3) : null;
  return new Set(
    picture.nodes
      .filter((node) =>
        inNamespace === null ? node.name.toLowerCase().includes(term) : node.namespace.startsWith(inNamespace),
      )
      .map((node) => node.id),
  );
}
