import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EmbedClaims } from "@/lib/embeds/view";
import { readKey } from "./embeds-key";
import { embedRefusal, fromOtherSite, readEmbed, signEmbed } from "./embeds-token";

const key = Buffer.from("0123456789abcdef0123456789abcdef");
const NOW = 1_800_000_000_000;
const claims: EmbedClaims = {
  view: { kind: "graph", namespaces: ["bookstore"], window: "30s" },
  exp: NOW / 1000 + 60,
  origin: "https://wiki.example.com",
};
const token = signEmbed(claims, key);

describe("a signed link", () => {
  it("says what was signed, whatever the order of fields", () => {
    expect(readEmbed(token, key, NOW)).toEqual({ state: "good", claims });
    const { view, exp, origin } = claims;
    expect(signEmbed({ origin, exp, view: { window: "30s", kind: "graph", namespaces: ["bookstore"] } }, key)).toBe(
      token,
    );
    expect(view.kind).toBe("graph");
  });

  it("ends at its second", () => {
    expect(readEmbed(token, key, claims.exp * 1000 - 1).state).toBe("good");
    const ended = readEmbed(token, key, claims.exp * 1000);
    expect(ended.state).toBe("expired");
    expect(embedRefusal(ended).message).toContain("ended on 2027-01-15 08:01 UTC");
  });

  it("is refused when any letter is changed, cut or added, or another key signed it", () => {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=";
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.nat(letters.length - 1), (at, which) => {
        const letter = letters.charAt(which);
        fc.pre(token.charAt(at) !== letter);
        expect(readEmbed(token.slice(0, at) + letter + token.slice(at + 1), key, NOW).state).toBe("tampered");
        expect(readEmbed(token.slice(0, at), key, NOW).state).toBe("tampered");
        expect(readEmbed(token.slice(0, at) + letter + token.slice(at), key, NOW).state).toBe("tampered");
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readEmbed(text, key, NOW).state).toBe("tampered");
      }),
    );
    expect(readEmbed(token, randomBytes(32), NOW).state).toBe("tampered");
    expect(embedRefusal({ state: "tampered" }).hint).toMatch(/make a new one/);
  });

  it("is for the pages of one site: what names another is refused, what names none passes", () => {
    const from = (headers: Record<string, string>) =>
      fromOtherSite(claims, new Headers({ host: "deck:8080", ...headers }));
    expect(from({ referer: "https://wiki.example.com/page" })).toBe(false);
    expect(from({ referer: "https://evil.example.com/" })).toBe(true);
    expect(from({ referer: "http://wiki.example.com/" })).toBe(true);
    expect(from({ referer: "http://deck:8080/embed/x" })).toBe(false);
    expect(from({ referer: "https://evil.example.com/", "sec-fetch-site": "same-origin" })).toBe(false);
    expect(from({})).toBe(false);
    expect(from({ referer: "nonsense" })).toBe(false);
  });
});

describe("the key", () => {
  it("is a file long enough; without one embeds are off and say how to turn them on", () => {
    const folder = mkdtempSync(join(tmpdir(), "meshdeck-key-"));
    try {
      const file = join(folder, "key");
      writeFileSync(file, `${"k".repeat(40)}\n`);
      expect(readKey(file).toString()).toBe("k".repeat(40));
      writeFileSync(file, "short");
      expect(() => readKey(file)).toThrow("fewer than 32");
      expect(() => readKey(join(folder, "none"))).toThrow("cannot be read");
      expect(() => readKey(null)).toThrow("Embeds are off");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
