/** Words that a mistyped one is likely meant for: at most two letters put in, left out or changed. Nearest first. */
export function nearest(word: string, known: readonly string[]): readonly string[] {
  const typed = word.toLowerCase().slice(0, 24);
  return known
    .map((each) => ({ each, apart: distance(typed, each) }))
    .filter(({ apart }) => apart <= 2)
    .sort((a, b) => a.apart - b.apart)
    .map(({ each }) => each);
}

/** By Levenshtein: one row of the table at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
