/** What could be written next in a search: suggestions for the word at the caret. */
import type { Topology } from "@/lib/contract/topology";
import { FIELDS, type Field, FLAGS, fieldNamed, flagNamed, relationsOf } from "./fields";
import { quoted, type Token, tokensOf } from "./token";

export interface Suggestion {
  /** What stands in the search when it is taken. */
  readonly text: string;
  /** What it means. */
  readonly about: string;
  /** The part of the search that it takes the place of, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
}

/** Values in use, by field: for suggestions. */
export type Vocabulary = Readonly<Record<string, readonly string[]>>;

const MOST = 8;

const known = new WeakMap<Topology, Vocabulary>();

/** Names, namespaces, versions and so on that a topology has; gathered once for each. */
export function vocabularyOf(topology: Topology): Vocabulary {
  const found = known.get(topology) ?? gathered(topology);
  known.set(topology, found);
  return found;
}

function gathered({ nodes, edges }: Topology): Vocabulary {
  const names = sorted(nodes.map((node) => node.name));
  return {
    name: names,
    from: sorted(edges.map((edge) => nameOf(edge.source))),
    to: sorted(edges.map((edge) => nameOf(edge.target))),
    namespace: sorted(nodes.map((node) => node.namespace)),
    version: sorted(nodes.flatMap((node) => node.version ?? [])),
    kind: sorted(nodes.map((node) => node.kind)),
    identity: sorted(nodes.flatMap((node) => node.identities)),
    protocol: sorted(edges.map((edge) => edge.protocol)),
    split: sorted(nodes.flatMap((node) => (node.split === null ? [] : node.name))),
  };
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].filter((text) => text !== "").sort();
}

function nameOf(id: string): string {
  return id.split("/").slice(2).join("/");
}

/** At most eight, the likeliest first; none where nothing helps. `caret` in UTF-16 units. */
export function suggestionsFor(text: string, caret: number, vocabulary: Vocabulary): readonly Suggestion[] {
  const before = text.slice(0, caret);
  const tokens = tokensOf(before);
  if ("message" in tokens) return [];
  const written = tokens.filter((token) => token.kind !== "end");
  const last = written[written.length - 1];
  // A word that ends at the caret is still being written.
  const open = last !== undefined && last.to === caret && isWord(last) ? last : null;
  const context = open === null ? written : written.slice(0, -1);
  const place = { from: open?.from ?? caret, to: caret, typed: (open?.text ?? "").toLowerCase() };
  const candidates = candidatesAfter(context, vocabulary);
  return candidates
    .filter((each) => fits(each, place.typed))
    .sort((a, b) => rank(a, place.typed) - rank(b, place.typed))
    .slice(0, MOST)
    .map(({ text: said, about }) => ({ text: said, about, from: place.from, to: place.to }));
}

interface Candidate {
  readonly text: string;
  readonly about: string;
  readonly names: readonly string[];
}

function isWord({ kind }: Token): boolean {
  return kind === "word" || kind === "and" || kind === "or" || kind === "not";
}

function fits({ text, names }: Candidate, typed: string): boolean {
  return text.toLowerCase() !== typed && [text, ...names].some((name) => name.toLowerCase().includes(typed));
}

/** Those that begin as typed come first; otherwise the order of the list stays. */
function rank({ text }: Candidate, typed: string): number {
  return text.toLowerCase().startsWith(typed) ? 0 : 1;
}

function candidatesAfter(context: readonly Token[], vocabulary: Vocabulary): readonly Candidate[] {
  const last = context[context.length - 1];
  const beforeLast = context[context.length - 2];
  if (last === undefined || ["open", "and", "or", "not"].includes(last.kind)) return terms(vocabulary);
  if (last.kind === "relation") {
    const field = beforeLast === undefined ? null : fieldNamed(beforeLast.text);
    return field === null ? [] : valuesOf(field, vocabulary);
  }
  const isValue = beforeLast?.kind === "relation";
  const field = last.kind === "word" && !isValue ? fieldNamed(last.text) : null;
  const relations = field === null ? [] : relationsOf(field).map((each) => candidate(each, RELATION_WORDS[each] ?? ""));
  const joints = [candidate("and", "both"), candidate("or", "one of them")];
  const isOpen = count(context, "open") > count(context, "close");
  const close = isOpen ? [candidate(")", "end of the group")] : [];
  if (field !== null && flagNamed(last.text) === null) return relations;
  return [...close, ...relations, ...joints];
}

const RELATION_WORDS: Readonly<Record<string, string>> = {
  "=": "is",
  "!=": "is not",
  "~": "contains",
  ">": "more than",
  ">=": "at least",
  "<": "less than",
  "<=": "at most",
};

function candidate(text: string, about: string, names: readonly string[] = []): Candidate {
  return { text, about, names };
}

function count(tokens: readonly Token[], kind: Token["kind"]): number {
  return tokens.filter((token) => token.kind === kind).length;
}

function terms(vocabulary: Vocabulary): readonly Candidate[] {
  const flags = Object.entries(FLAGS).map(([name, about]) => candidate(name, about));
  const fields = FIELDS.filter((field) => !Object.hasOwn(FLAGS, field.name)).map((field) =>
    candidate(field.name, field.about, field.aliases),
  );
  const names = (vocabulary.name ?? []).map((name) => candidate(asWritten(name), "name"));
  return [...flags, ...fields, candidate("not", "the opposite"), ...names];
}

function valuesOf(field: Field, vocabulary: Vocabulary): readonly Candidate[] {
  if (field.sort === "choice") return field.values.map((value) => candidate(value, field.about));
  if (field.sort === "text")
    return (vocabulary[field.name] ?? []).map((value) => candidate(asWritten(value), field.name));
  return FIGURES[field.name].map((value) => candidate(value, field.about));
}

const FIGURES = {
  rate: ["1", "10", "100"],
  errors: ["0", "1%", "5%"],
  denied: ["0", "1"],
  p50: ["100ms", "250ms", "1s"],
  p95: ["100ms", "250ms", "1s"],
  p99: ["100ms", "250ms", "1s"],
} as const;

/** Quoted when it would be read as something else. */
function asWritten(value: string): string {
  const tokens = tokensOf(value);
  const [only] = "message" in tokens ? [] : tokens;
  const isPlain = only?.kind === "word" && only.to === value.length && flagNamed(value) === null;
  return isPlain ? value : quoted(value);
}
