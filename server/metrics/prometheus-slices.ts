/**
 * Large answers read piece by piece as they come in: hundreds of megabytes would not fit into one text, and tens of them parsed at once
 * keep a server from everything else for a second. Prometheus writes rows one behind the other, each beginning with its `metric`;
 * between two of them the text can be cut.
 */
import { slices } from "@/server/platform/in-slices";
import { malformed, type RowReader } from "./prometheus-answer";

/** Smaller answers are parsed at once. */
const LARGE_BYTES = 512 * 1024;
/** About a millisecond's work. */
const PIECE_BYTES = 128 * 1024;
const FIRST_ROW = '{"metric":';
/** Quotes inside of strings are escaped, so that these bytes never stand inside of a label's value. */
const BETWEEN = '},{"metric":';
const HEAD = /^\{"status":"success","data":\{"resultType":"(vector|matrix)","result":\[$/;

/**
 * Gives `each` the rows of a large answer and returns the answer without them: with the last few, and whatever comes behind.
 * Small answers, and those not written as expected, are returned as they are. Rejects as `body` does, and with AppError
 * `upstream_malformed` for a row that is none.
 */
export async function takeRows<Row>(
  body: AsyncIterable<Buffer>,
  reader: RowReader<Row>,
  each: (rows: readonly Row[]) => void,
): Promise<Buffer> {
  const pause = slices();
  let head: Buffer | null = null;
  let held: Buffer[] = [];
  let heldBytes = 0;
  /** So much has to be there before there is something to be done. */
  let enough = LARGE_BYTES;
  for await (const chunk of body) {
    held.push(chunk);
    heldBytes += chunk.length;
    if (heldBytes < enough) continue;
    let rest = Buffer.concat(held);
    held = [rest];
    head ??= headOf(rest, reader);
    if (head === null) {
      enough = Number.POSITIVE_INFINITY;
      continue;
    }
    if (enough === LARGE_BYTES) rest = rest.subarray(head.length);
    enough = PIECE_BYTES;
    for (let cut = cutOf(rest); cut >= 0; cut = cutOf(rest)) {
      each(rowsOf(rest.subarray(0, cut + 1), reader));
      rest = rest.subarray(cut + 2);
      await pause();
    }
    held = [rest];
    heldBytes = rest.length;
  }
  return Buffer.concat(head === null ? held : [head, ...held]);
}

/** What stands before the first row; null when it is not what is expected. */
function headOf(bytes: Buffer, { type }: RowReader<unknown>): Buffer | null {
  const start = bytes.indexOf(FIRST_ROW);
  const head = bytes.subarray(0, Math.max(0, start));
  return HEAD.exec(head.toString("latin1"))?.[1] === type ? head : null;
}

function cutOf(bytes: Buffer): number {
  return bytes.length < PIECE_BYTES ? -1 : bytes.indexOf(BETWEEN, PIECE_BYTES);
}

function rowsOf<Row>(bytes: Buffer, { read }: RowReader<Row>): readonly Row[] {
  let piece: unknown[];
  try {
    piece = JSON.parse(`[${bytes.toString("utf8")}]`) as unknown[];
  } catch {
    throw malformed();
  }
  return piece.map(read);
}
