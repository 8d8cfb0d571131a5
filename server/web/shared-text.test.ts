import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { encodingFor, SharedText } from "./shared-text";

describe("encodingFor", () => {
  it.each([
    [null, "identity"],
    ["", "identity"],
    ["identity", "identity"],
    ["gzip", "gzip"],
    ["gzip, deflate, br, zstd", "br"],
    ["gzip;q=1.0, br;q=0.5", "gzip"],
    ["br;q=0, gzip", "gzip"],
    ["gzip;q=0", "identity"],
    ["*", "br"],
    ["GZIP", "gzip"],
  ])("takes %j as %s", (header, encoding) => {
    expect(encodingFor(header)).toBe(encoding);
  });
});

describe("SharedText", () => {
  const long = JSON.stringify(Array.from({ length: 3_000 }, (_, index) => `edge ${index}`));

  it("is the same text in every encoding, and smaller", async () => {
    const text = new SharedText(long);
    const [plain, gzipped, brotli] = await Promise.all([text.in("identity"), text.in("gzip"), text.in("br")]);
    expect(plain.bytes.toString()).toBe(long);
    expect(gunzipSync(gzipped.bytes).toString()).toBe(long);
    expect(brotliDecompressSync(brotli.bytes).toString()).toBe(long);
    expect(gzipped.bytes.length).toBeLessThan(long.length / 3);
  });

  it("is compressed once for all who ask", async () => {
    const text = new SharedText(long);
    const [one, other] = await Promise.all([text.in("gzip"), text.in("gzip")]);
    expect(one.bytes).toBe(other.bytes);
  });

  it("stays as it is when it is short", async () => {
    expect((await new SharedText("{}").in("gzip")).encoding).toBe("identity");
  });
});
