import { describe, expect, it } from "vitest";
import { answerLine } from "./stockdb";

describe("the protocol of stockdb", () => {
  it("adds what is restocked and tells the new total", () => {
    expect(answerLine("RESTOCK 3", 4)).toEqual({ answer: "OK 7", total: 7 });
    expect(answerLine("TOTAL\r", 7)).toEqual({ answer: "OK 7", total: 7 });
  });

  it("answers anything else with how to ask, and changes nothing", () => {
    for (const line of ["", "RESTOCK -1", "RESTOCK 1e9", "GET / HTTP/1.1"]) {
      expect(answerLine(line, 5)).toEqual({ answer: "ERROR say RESTOCK <count> or TOTAL", total: 5 });
    }
  });
});
