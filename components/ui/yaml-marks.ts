import { isMap, isNode, isPair, isSeq, LineCounter, parseDocument } from "yaml";

export interface YamlMark {
  /** Offsets in the text. */
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

/** `spec.backends[0].weight` or `sources[0]["a.b"]` as the keys to walk. */
export function fieldKeys(field: string): readonly (string | number)[] {
  return [...field.matchAll(/\[(\d+)\]|\["([^"]*)"\]|([^.[\]]+)/g)].map((match) =>
    match[1] === undefined ? (match[2] ?? match[3] ?? "") : Number(match[1]),
  );
}

/**
 * Where to mark problems in a YAML text: syntax errors at their place, field problems at the named field, or at the nearest
 * parent that is there (a missing field has no place of its own).
 */
export function yamlMarks(text: string, problems: readonly { field: string; message: string }[]): readonly YamlMark[] {
  const document = parseDocument(text, { lineCounter: new LineCounter() });
  const bound = (offset: number) => Math.min(text.length, Math.max(0, offset));
  const marks: YamlMark[] = document.errors.map((error) => ({
    from: bound(error.pos[0]),
    to: bound(error.pos[1]),
    message: error.message.split("\n")[0] ?? error.message,
  }));
  for (const problem of problems) {
    const [from, to] = place(document.contents, fieldKeys(problem.field));
    marks.push({ from: bound(from), to: bound(to), message: `${problem.field}: ${problem.message}` });
  }
  return marks;
}

function place(root: unknown, keys: readonly (string | number)[]): readonly [number, number] {
  let node: unknown = root;
  let range: readonly [number, number] = [0, 1];
  for (const key of keys) {
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && String(item.key) === String(key));
      // The key is the mark: a value may go over many lines.
      if (pair && isNode(pair.key) && pair.key.range) range = [pair.key.range[0], pair.key.range[1]];
      next = pair?.value;
    } else if (isSeq(node)) {
      next = node.items[Number(key)];
      if (isNode(next) && next.range) range = [next.range[0], Math.min(next.range[1], next.range[0] + 80)];
    }
    if (next === undefined || next === null) break;
    node = next;
  }
  return range;
}
