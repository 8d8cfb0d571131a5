export interface DiffLine {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
  /** Line numbers from 1 in the old and the new text; null where the line is not in it. */
  readonly before: number | null;
  readonly after: number | null;
}

/** Longest common subsequence of lines; exact, and quick enough for objects of a few thousand lines once the equal ends are cut off. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const old = before.replace(/\n$/, "").split("\n");
  const next = after.replace(/\n$/, "").split("\n");
  let start = 0;
  while (start < old.length && start < next.length && old[start] === next[start]) start += 1;
  let end = 0;
  while (
    end < old.length - start &&
    end < next.length - start &&
    old[old.length - 1 - end] === next[next.length - 1 - end]
  )
    end += 1;

  const lines: DiffLine[] = [];
  const same = (i: number, j: number) => lines.push({ kind: "same", text: old[i] ?? "", before: i + 1, after: j + 1 });
  for (let i = 0; i < start; i += 1) same(i, i);
  middle(old.slice(start, old.length - end), next.slice(start, next.length - end), start, lines);
  for (let k = end; k > 0; k -= 1) same(old.length - k, next.length - k);
  return lines;
}

function middle(old: readonly string[], next: readonly string[], offset: number, lines: DiffLine[]): void {
  const width = next.length + 1;
  const common = commonTable(old, next);
  let i = 0;
  let j = 0;
  while (i < old.length || j < next.length) {
    const both = i < old.length && j < next.length;
    if (both && old[i] === next[j]) {
      lines.push({ kind: "same", text: old[i] ?? "", before: offset + i + 1, after: offset + j + 1 });
      i += 1;
      j += 1;
    } else if (j >= next.length || (both && (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))) {
      lines.push({ kind: "removed", text: old[i] ?? "", before: offset + i + 1, after: null });
      i += 1;
    } else {
      lines.push({ kind: "added", text: next[j] ?? "", before: null, after: offset + j + 1 });
      j += 1;
    }
  }
}

/** At [i * (next.length + 1) + j]: how many lines old[i..] and next[j..] share, in order. */
function commonTable(old: readonly string[], next: readonly string[]): Uint32Array {
  const width = next.length + 1;
  const common = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = next.length - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      common[at] =
        old[i] === next[j] ? (common[at + width + 1] ?? 0) + 1 : Math.max(common[at + width] ?? 0, common[at + 1] ?? 0);
    }
  }
  return common;
}
