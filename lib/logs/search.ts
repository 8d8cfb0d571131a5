/** What a reader looks for in a log: words, or a pattern between slashes. */

export interface Found {
  /** Pieces of the text in their order; `hit` ones are what was looked for. */
  readonly pieces: readonly { readonly text: string; readonly hit: boolean }[];
}

export type LogSearch =
  | { readonly ok: true; readonly test: (text: string) => boolean; readonly split: (text: string) => Found["pieces"] }
  | { readonly ok: false; readonly message: string };

/** More hits in one line than this are not marked. */
const MOST_HITS = 100;

/** `text` alone is looked for as it stands, in any case; `/…/` is a regular expression. "" finds everything. */
export function logSearch(text: string): LogSearch {
  const pattern = /^\/(.+)\/$/s.exec(text)?.[1];
  try {
    const source = pattern ?? text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    const expression = new RegExp(source, "gi");
    return {
      ok: true,
      test: (line) => text === "" || line.search(expression) >= 0,
      split: (line) => (text === "" ? [{ text: line, hit: false }] : pieces(line, expression)),
    };
  } catch (error) {
    return {
      ok: false,
      message: `"${text}" is no regular expression: ${error instanceof Error ? error.message : error}`,
    };
  }
}

function pieces(line: string, expression: RegExp): Found["pieces"] {
  const found: { text: string; hit: boolean }[] = [];
  let from = 0;
  let hits = 0;
  for (const match of line.matchAll(expression)) {
    if (match[0] === "" || hits >= MOST_HITS) continue;
    hits += 1;
    if (match.index > from) found.push({ text: line.slice(from, match.index), hit: false });
    found.push({ text: match[0], hit: true });
    from = match.index + match[0].length;
  }
  if (from < line.length) found.push({ text: line.slice(from), hit: false });
  return found;
}
