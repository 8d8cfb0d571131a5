import { describe, expect, it } from "vitest";
import { SharedAnswers } from "./boards-shared";

const panels = (most = 10) => new SharedAnswers<number>({ most, atOnce: 2 });

describe("shared panels", () => {
  it("asks once for the same panel and end, anew for the next end", async () => {
    const shared = panels();
    let asked = 0;
    const load = async () => ++asked;
    const first = shared.get("a", 1, load);
    const second = shared.get("a", 1, load);
    expect([first.asked, second.asked]).toEqual([true, false]);
    expect(await second.answer).toBe(1);
    expect(await shared.get("a", 2, load).answer).toBe(2);
  });

  it("keeps the last good answer over failures, and asks again after one", async () => {
    const shared = panels();
    await shared.get("a", 1, async () => 7).answer;
    const away = () => Promise.reject(new Error("away"));
    await expect(shared.get("a", 2, away).answer).rejects.toThrow("away");
    expect(shared.lastGood("a")).toEqual({ value: 7, at: 1 });
    const again = shared.get("a", 2, async () => 8);
    expect(again.asked).toBe(true);
    expect(await again.answer).toBe(8);
    expect(shared.lastGood("a")).toEqual({ value: 8, at: 2 });
  });

  it("forgets what was not used for longest", async () => {
    const shared = panels(2);
    await shared.get("a", 1, async () => 1).answer;
    await shared.get("b", 1, async () => 2).answer;
    await shared.get("a", 1, async () => 3).answer;
    await shared.get("c", 1, async () => 4).answer;
    expect(shared.lastGood("b")).toBeNull();
    expect(shared.lastGood("a")).toEqual({ value: 1, at: 1 });
  });
});
