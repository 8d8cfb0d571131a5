import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/contract/errors";
import { createLogger } from "@/server/platform/log";
import { untilDone } from "./until-done";

const log = createLogger("test");
log.level = "silent";

describe("untilDone", () => {
  it("repeats what may pass, and gives up at once on what only a person can mend", async () => {
    let tries = 0;
    const work = async () => {
      tries += 1;
      if (tries < 3) throw new AppError("upstream_unavailable", "away");
      return "done";
    };
    const signal = new AbortController().signal;
    expect(await untilDone("x", work, { log, signal })).toBe("done");
    expect(tries).toBe(3);
    const forbidden = () => Promise.reject(new AppError("forbidden", "no"));
    await expect(untilDone("x", forbidden, { log, signal })).rejects.toMatchObject({ code: "forbidden" });
  });

  it("ends with the error when it is told to stop", async () => {
    const stop = new AbortController();
    const away = () => Promise.reject(new AppError("upstream_unavailable", "away"));
    const ended = untilDone("x", away, { log, signal: stop.signal });
    setTimeout(() => stop.abort(), 50);
    await expect(ended).rejects.toMatchObject({ code: "upstream_unavailable" });
  });
});
