/** JSON of large answers, written piece by piece: megabytes at once would keep a server from everything else. */

/** Rows of a list written at once. */
const ROWS_AT_ONCE = 500;

/** The same bytes as JSON.stringify of an object with long lists in its fields, or in theirs. Yields now and then. */
export function* jsonSteps(value: object): Generator<void, Buffer> {
  const pieces: Buffer[] = [];
  yield* write(value, pieces);
  return Buffer.concat(pieces);
}

function* write(value: unknown, pieces: Buffer[]): Generator<void> {
  const put = (text: string) => pieces.push(Buffer.from(text));
  if (Array.isArray(value) && value.length > ROWS_AT_ONCE) {
    for (let from = 0; from < value.length; from += ROWS_AT_ONCE) {
      const rows = JSON.stringify(value.slice(from, from + ROWS_AT_ONCE)).slice(1, -1);
      put(`${from === 0 ? "[" : ","}${rows}`);
      yield;
    }
    put("]");
  } else if (isPlain(value)) {
    let before = "{";
    for (const [name, field] of Object.entries(value)) {
      if (field === undefined) continue;
      put(`${before}${JSON.stringify(name)}:`);
      before = ",";
      yield* write(field, pieces);
      yield;
    }
    put(before === "{" ? "{}" : "}");
  } else put(JSON.stringify(value));
}

/** Nothing that would write itself in a way of its own. */
function isPlain(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value) && !("toJSON" in value);
}
