import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeVolume } from "./volumes";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("writeVolume", () => {
  let folder = "";
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), "meshdeck-volume-")), "v");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("swaps all files at once by one link, and leaves unchanged ones alone", async () => {
    expect(await writeVolume(folder, { "tls.crt": bytes("one"), old: bytes("x") })).toBe(true);
    const first = readlinkSync(join(folder, "..data"));
    expect(await writeVolume(folder, { "tls.crt": bytes("one"), old: bytes("x") })).toBe(false);
    expect(readlinkSync(join(folder, "..data"))).toBe(first);
    expect(await writeVolume(folder, { "tls.crt": bytes("two"), "deep/name": bytes("y") })).toBe(true);
    expect(readFileSync(join(folder, "tls.crt"), "utf8")).toBe("two");
    expect(readFileSync(join(folder, "deep", "name"), "utf8")).toBe("y");
    expect(readlinkSync(join(folder, "..data"))).not.toBe(first);
    expect(
      readdirSync(folder)
        .filter((name) => !name.startsWith(".."))
        .sort(),
    ).toEqual(["deep", "tls.crt"]);
    expect(readdirSync(folder).filter((name) => name.startsWith("..2"))).toHaveLength(1);
  });
});
