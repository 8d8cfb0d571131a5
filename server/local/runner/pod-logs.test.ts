import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PodLogs } from "./pod-logs";

describe("PodLogs", () => {
  let folder = "";
  let logs: PodLogs;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "meshdeck-podlogs-"));
    logs = new PodLogs(folder);
  });
  afterEach(async () => {
    await logs.remove("u");
    rmSync(folder, { recursive: true, force: true });
  });

  it("tells a run from the one before it, also between the two", () => {
    expect(logs.text("u", "app", {})).toBeNull();
    logs.begin("u", "app", 0).append("first");
    expect(logs.text("u", "app", { previous: true })).toBeNull();
    logs.end("u", "app");
    expect(logs.text("u", "app", { previous: true })).toBe("first\n");
    logs.begin("u", "app", 1).append("second");
    expect(logs.text("u", "app", { previous: true })).toBe("first\n");
    expect(logs.text("u", "app", {})).toBe("second\n");
  });

  it("shows the last lines, those of the last seconds, and their times", () => {
    const file = logs.begin("u", "app", 0);
    for (const line of ["a", "b", "c"]) file.append(line);
    expect(logs.text("u", "app", { tailLines: 2 })).toBe("b\nc\n");
    expect(logs.text("u", "app", { tailLines: 0 })).toBe("");
    expect(logs.text("u", "app", { sinceSeconds: 60 })).toBe("a\nb\nc\n");
    expect(logs.text("u", "app", { tailLines: 1, timestamps: true })).toMatch(/^\d{4}-.*Z c\n$/);
  });

  it("follows a run until the next begins, without losing or repeating a line", async () => {
    const file = logs.begin("u", "app", 0);
    file.append("one");
    const seen: string[] = [];
    const reading = (async () => {
      for await (const text of logs.follow("u", "app", { tailLines: 1 })) seen.push(text);
    })();
    await new Promise((resolve) => setTimeout(resolve, 20));
    file.append("two");
    await new Promise((resolve) => setTimeout(resolve, 20));
    file.append("three");
    logs.begin("u", "app", 1);
    await reading;
    expect(seen.join("")).toBe("one\ntwo\nthree\n");
  });
});
