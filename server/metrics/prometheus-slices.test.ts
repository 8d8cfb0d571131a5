import { describe, expect, it } from "vitest";
import type { Sample } from "@/lib/metrics/query";
import { readRows, VECTOR } from "./prometheus-answer";
import { takeRows } from "./prometheus-slices";

/** Names that look like what stands between rows. */
const TRICKY = ['a},{"metric":{"b', "},{", "ü€", '"}]', "\\"];

function answer(rows: number, more = ""): string {
  const result = Array.from({ length: rows }, (_, index) => ({
    metric: { name: `${TRICKY[index % TRICKY.length]}${index}`, filling: "x".repeat(200) },
    value: [1_700_000_000.5, index % 7 === 0 ? "NaN" : String(index)],
  }));
  return `{"status":"success","data":{"resultType":"vector","result":${JSON.stringify(result)}}${more}}`;
}

/** As it comes over a connection; cut within letters too. */
async function* comingIn(text: string, chunkBytes = 65_521): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += chunkBytes) yield bytes.subarray(from, from + chunkBytes);
}

async function take(text: string, chunkBytes?: number) {
  const rows: Sample[] = [];
  const left = await takeRows(comingIn(text, chunkBytes), VECTOR, (more) => rows.push(...more));
  return { rows, left: left.toString("utf8") };
}

describe("takeRows", () => {
  it.each([1_000, 65_521, 10_000_000])(
    "takes the rows that reading at once finds, in chunks of %i bytes",
    async (chunk) => {
      const text = answer(5_000);
      const { rows, left } = await take(text, chunk);
      expect(rows.length).toBeGreaterThan(4_000);
      expect([...rows, ...readRows(JSON.parse(left).data, VECTOR)]).toEqual(readRows(JSON.parse(text).data, VECTOR));
    },
  );

  it.each([',"warnings":["some [of it] is missing"]', ',"warnings":["{}]"]'])(
    "leaves what comes behind: %s",
    async (more) => {
      const { rows, left } = await take(answer(5_000, more));
      expect(rows.length).toBeGreaterThan(4_000);
      expect(JSON.parse(left)).toMatchObject(JSON.parse(`{"status":"success"${more}}`));
    },
  );

  it("leaves small answers and what is no vector as they are", async () => {
    const texts = [
      answer(10),
      answer(5_000).replace("vector", "matrix"),
      answer(5_000).replace("success", "error"),
      "x".repeat(1_000_000),
      "",
    ];
    for (const text of texts) expect(await take(text)).toEqual({ rows: [], left: text });
  });

  it("leaves an answer that was cut off as no JSON", async () => {
    const { left } = await take(answer(5_000).slice(0, -1_000));
    expect(() => JSON.parse(left)).toThrow();
  });

  it("refuses a row that is none", async () => {
    await expect(take(answer(5_000).replace('"NaN"', "5"))).rejects.toThrow("in a shape that is not known");
    await expect(take(answer(5_000).replace('"NaN"', '"NaN'))).rejects.toThrow("in a shape that is not known");
  });

  it("lets others in between", async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 0);
    await take(answer(60_000), 10_000_000);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(1);
  });
});
