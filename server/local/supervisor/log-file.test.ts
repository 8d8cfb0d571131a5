import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LogFile } from "./log-file";

describe("LogFile", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "meshdeck-log-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("reads back what was appended, also from a file of an earlier start", () => {
    const path = join(folder, "deep", "app.log");
    const first = new LogFile(path);
    first.append("one");
    first.append("");
    first.close();
    const second = new LogFile(path);
    second.append("two words");
    expect(second.read().map((line) => line.text)).toEqual(["one", "", "two words"]);
    expect(Math.abs(Date.now() - (second.read()[0]?.at ?? 0))).toBeLessThan(5000);
    second.close();
  });

  it("keeps at most two files of the size asked for", () => {
    const path = join(folder, "app.log");
    const log = new LogFile(path, 1000);
    for (let i = 0; i < 500; i += 1) log.append(`line ${i}`);
    expect(statSync(`${path}.1`).size).toBeLessThan(1100);
    expect(log.read().at(-1)?.text).toBe("line 499");
    expect(log.read().length).toBeLessThan(80);
    log.close();
  });

  it("tells followers of new lines until they stop", () => {
    const log = new LogFile(join(folder, "app.log"));
    const seen: string[] = [];
    log.append("before");
    const stop = log.follow((line) => seen.push(line.text));
    log.append("after");
    stop();
    log.append("too late");
    expect(seen).toEqual(["after"]);
    log.close();
  });
});
