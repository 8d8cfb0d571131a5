/** Finding by what one remembers of a name: its letters in order, best where words begin. */

/** A match's worth: the start of a text counts more than the start of a word, that more than the middle. */
const AT_START = 12;
const AT_WORD = 8;
const NEXT_TO_LAST = 6;
const ANYWHERE = 1;
/** Of two texts that match alike the shorter is meant. */
const PER_LETTER = 0.05;

/** How well `text` is what `query` means; null when a letter is missing. Both in lower case; spaces part terms, all of which must match. */
export function fuzzyScore(query: string, text: string): number | null {
  let total = 0;
  for (const term of query.split(" ")) {
    if (term === "") continue;
    const score = termScore(term, text);
    if (score === null) return null;
    total += score;
  }
  return total - PER_LETTER * text.length;
}

function termScore(term: string, text: string): number | null {
  // Whole, it is worth more than in pieces, and most where a word begins.
  const whole = wholeAt(term, text);
  if (whole >= 0)
    return (whole === 0 ? AT_START : beginsWord(text, whole) ? AT_WORD : ANYWHERE) + NEXT_TO_LAST * term.length;
  let score = 0;
  let last = -2;
  for (const letter of term) {
    const at = text.indexOf(letter, last + 1 > 0 ? last + 1 : 0);
    if (at < 0) return null;
    score += at === last + 1 ? NEXT_TO_LAST / 2 : beginsWord(text, at) ? AT_WORD / 2 : ANYWHERE / 2;
    last = at;
  }
  return score;
}

/** Where the term stands in the text, at a word's beginning if it does anywhere; -1 when nowhere. */
function wholeAt(term: string, text: string): number {
  const first = text.indexOf(term);
  for (let at = first; at >= 0; at = text.indexOf(term, at + 1)) if (beginsWord(text, at)) return at;
  return first;
}

function beginsWord(text: string, at: number): boolean {
  return at === 0 || " -./:_".includes(text[at - 1] ?? "");
}

/** The best `most` items, the best first; in their order where they match alike. */
export function bestMatches<T>(
  items: readonly T[],
  textOf: (item: T) => string,
  { query, most }: { readonly query: string; readonly most: number },
): readonly T[] {
  const wanted = query.trim().toLowerCase();
  const scored: { readonly item: T; readonly score: number; readonly at: number }[] = [];
  for (const [at, item] of items.entries()) {
    const score = fuzzyScore(wanted, textOf(item));
    if (score !== null) scored.push({ item, score, at });
  }
  return scored
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, most)
    .map(({ item }) => item);
}
