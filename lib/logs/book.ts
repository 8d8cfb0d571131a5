/** Lines of several containers in the order of their times, the latest of them, in bounded memory. */
import type { LogLine } from "./line";

export interface NumberedLine extends LogLine {
  /** Unique and stable: a line keeps it. */
  readonly id: number;
}

export interface LogBook {
  /** Oldest first. */
  readonly lines: readonly NumberedLine[];
  /** How many were dropped to make room. */
  readonly dropped: number;
  readonly nextId: number;
}

export const EMPTY_BOOK: LogBook = { lines: [], dropped: 0, nextId: 1 };
export const MOST_LINES = 5_000;

/**
 * The book with more lines. Those that come together are put in their places: streams of containers do not wait for each
 * other. A line without a time stays behind the one it came after.
 */
export function withLines(book: LogBook, more: readonly LogLine[], most = MOST_LINES): LogBook {
  if (more.length === 0) return book;
  let nextId = book.nextId;
  let last = Number.NEGATIVE_INFINITY;
  const added = more.map((line) => {
    last = line.at ?? last;
    return { line: { ...line, id: nextId++ }, at: last };
  });
  added.sort((a, b) => a.at - b.at || a.line.id - b.line.id);
  const lines = merged(book.lines, added);
  const kept = lines.slice(-most);
  return { lines: kept, dropped: book.dropped + lines.length - kept.length, nextId };
}

/** Only the tail can be out of order: what is older than everything new stays where it is. */
function merged(
  lines: readonly NumberedLine[],
  added: readonly { readonly line: NumberedLine; readonly at: number }[],
): readonly NumberedLine[] {
  const first = added[0]?.at ?? Number.POSITIVE_INFINITY;
  let from = lines.length;
  while (from > 0 && (lines[from - 1]?.at ?? Number.POSITIVE_INFINITY) > first) from -= 1;
  const tail = lines.slice(from);
  const result = lines.slice(0, from);
  let index = 0;
  for (const { line, at } of added) {
    while (index < tail.length && (tail[index]?.at ?? Number.NEGATIVE_INFINITY) <= at) {
      const next = tail[index];
      if (next) result.push(next);
      index += 1;
    }
    result.push(line);
  }
  return [...result, ...tail.slice(index)];
}
