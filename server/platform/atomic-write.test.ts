import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { atomicWrite } from "./atomic-write";

const folder = mkdtempSync(join(tmpdir(), "meshdeck-write-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("atomicWrite", () => {
  it("replaces the text, readable by its owner only, and leaves nothing else behind", async () => {
    const path = join(folder, "token");
    await atomicWrite(path, "one");
    await atomicWrite(path, "two");
    expect(readFileSync(path, "utf8")).toBe("two");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["token"]);
  });

  it("shows one writer's whole text when many write at once", async () => {
    const path = join(folder, "token");
    const texts = Array.from({ length: 20 }, (_, index) => String(index).repeat(10_000));
    await Promise.all(texts.map((text) => atomicWrite(path, text)));
    expect(texts).toContain(readFileSync(path, "utf8"));
    expect(readdirSync(folder)).toEqual(["token"]);
  });

  it("rejects with the system's error and leaves nothing behind", async () => {
    await expect(atomicWrite(join(folder, "missing", "file"), "x")).rejects.toMatchObject({ code: "ENOENT" });
    expect(readdirSync(folder)).toEqual(["token"]);
  });
});
