import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDataFolder } from "./data-folder";

describe("openDataFolder", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "meshdeck-data-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("is held by one at a time and free again afterwards", () => {
    const data = openDataFolder(folder);
    expect(() => openDataFolder(folder)).toThrow(/already runs on the data folder/);
    data.release();
    openDataFolder(folder).release();
  });

  it("takes over from a process that has gone, and from another that was given its number", () => {
    for (const holder of [{ pid: 2 ** 22 + 1, began: "1" }, { pid: process.pid, began: "1" }, "garbage"]) {
      writeFileSync(join(folder, "lock"), JSON.stringify(holder));
      openDataFolder(folder);
      expect(JSON.parse(readFileSync(join(folder, "lock"), "utf8")).pid).toBe(process.pid);
      rmSync(join(folder, "lock"));
    }
  });

  it("says which folder cannot be written and which flag gives another", () => {
    writeFileSync(join(folder, "file"), "");
    expect(() => openDataFolder(join(folder, "file"))).toThrow(
      `The data folder ${join(folder, "file")} cannot be written`,
    );
  });
});
