import { expect, it } from "vitest";
import { limited } from "./limited";

it("runs at most so many at once, in order, and goes on after a failure", async () => {
  const limit = limited(2);
  let running = 0;
  let most = 0;
  const work = (fails: boolean) => async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 1));
    running -= 1;
    if (fails) throw new Error("no");
  };
  await Promise.allSettled([false, true, false, true, false].map((fails) => limit(work(fails))));
  expect(most).toBe(2);
  expect(running).toBe(0);
});
