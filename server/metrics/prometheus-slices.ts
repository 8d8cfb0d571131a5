/**
 * Large answers read piece by piece: tens of megabytes at once would keep a server from everything else for a second.
 * Prometheus writes rows one behind the other, each beginning with its `metric`; between two of them the text can be cut.
 */
import { inSlices } from "@/server/platform/in-slices";
import type { RowReader } from "./prometheus-answer";

/** Smaller answers are parsed at once. */
const LARGE_BYTES = 512 * 1024;
/** About a millisecond's work. */
const PIECE_BYTES = 128 * 1024;
/** Quotes inside of strings are escaped, so that these bytes never stand inside of a label's value. */
const BETWEEN = '},{"metric":';
const HEAD = /^\{"status":"success","data":\{"resultType":"(vector|matrix)","result":\[$/;
const TAIL = /^\](,"stats":\{[^\n]*\})?\}(,"(warnings|infos)":\[[^\n]*\])?\}\s*$/;

/** The rows of an answer; null when it is small or not written as expected, to be read in one piece. */
export async function rowsInSlices<Row>(bytes: Buffer, reader: RowReader<Row>): Promise<readonly Row[] | null> {
  return bytes.length < LARGE_BYTES ? null : inSlices(rows(bytes, reader));
}

function* rows<Row>(bytes: Buffer, { type, read }: RowReader<Row>): Generator<void, readonly Row[] | null> {
  const start = bytes.indexOf('{"metric":');
  const end = bytes.lastIndexOf("}]");
  if (start < 0 || end < start) return null;
  if (HEAD.exec(bytes.toString("latin1", 0, start))?.[1] !== type) return null;
  // Warnings come behind the rows and may have brackets of their own; then nothing fits and all is read at once.
  if (!TAIL.test(bytes.toString("latin1", end + 1))) return null;
  const found: Row[] = [];
  for (let from = start; from <= end; ) {
    const cut = bytes.indexOf(BETWEEN, from + PIECE_BYTES);
    const to = cut < 0 || cut > end ? end : cut;
    let piece: unknown[];
    try {
      piece = JSON.parse(`[${bytes.toString("utf8", from, to + 1)}]`) as unknown[];
    } catch {
      return null;
    }
    for (const row of piece) found.push(read(row));
    from = to + 2;
    yield;
  }
  return found;
}
