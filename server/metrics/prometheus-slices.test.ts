import { describe, expect, it } from "vitest";
import { readRows, VECTOR } from "./prometheus-answer";
import { rowsInSlices } from "./prometheus-slices";

/** Names that look like what stands between rows. */
const TRICKY = ['a},{"metric":{"b', "},{", "ü€", '"}]', "\\"];

function answer(rows: number, more = ""): string {
  const result = Array.from({ length: rows }, (_, index) => ({
    metric: { name: `${TRICKY[index % TRICKY.length]}${index}`, filling: "x".repeat(200) },
    value: [1_700_000_000.5, index % 7 === 0 ? "NaN" : String(index)],
  }));
  return `{"status":"success","data":{"resultType":"vector","result":${JSON.stringify(result)}}${more}}`;
}

const read = (text: string) => rowsInSlices(Buffer.from(text), VECTOR);

describe("rowsInSlices", () => {
  it("reads the rows that reading at once does, whatever stands in their labels", async () => {
    const text = answer(5_000);
    const rows = await read(text);
    expect(rows).toHaveLength(5_000);
    expect(rows).toEqual(readRows(JSON.parse(text).data, VECTOR));
  });

  it("reads answers that carry warnings", async () => {
    expect(await read(answer(5_000, ',"warnings":["some [of it] is missing"]'))).toHaveLength(5_000);
    // The row's end cannot be told from a warning's: read at once.
    expect(await read(answer(5_000, ',"warnings":["{}]"]'))).toBeNull();
  });

  it("leaves small answers and what is no vector to be read at once", async () => {
    expect(await read(answer(10))).toBeNull();
    expect(await read(answer(5_000).replace("vector", "matrix"))).toBeNull();
    expect(await read(answer(5_000).replace("success", "error"))).toBeNull();
    expect(await read("x".repeat(1_000_000))).toBeNull();
    expect(await read(answer(5_000).slice(0, -1_000))).toBeNull();
  });

  it("refuses a row that is none", async () => {
    await expect(read(answer(5_000).replace('"NaN"', "5"))).rejects.toThrow("in a shape that is not known");
  });

  it("lets others in between", async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 0);
    await read(answer(60_000));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(1);
  });
});
