import { describe, expect, it } from "vitest";
import { contentSecurityPolicy, framedHeaders, imageHeaders, pageHeaders } from "./page-headers";

const policy = contentSecurityPolicy("c29tZQ==", false);

describe("contentSecurityPolicy", () => {
  it("lets only scripts with this answer's nonce run", () => {
    expect(policy.split("; ")).toContain("script-src 'self' 'nonce-c29tZQ==' 'strict-dynamic'");
    expect(policy).not.toContain("unsafe-eval");
  });

  it("lets nothing be loaded from elsewhere, sent elsewhere or framed", () => {
    expect(policy).not.toMatch(/https?:|\*/);
    for (const name of ["default-src", "connect-src", "font-src", "form-action"]) {
      expect(policy.split("; ")).toContain(`${name} 'self'`);
    }
    for (const name of ["object-src", "base-uri", "frame-ancestors"]) {
      expect(policy.split("; ")).toContain(`${name} 'none'`);
    }
  });

  it("allows what the development server needs only there", () => {
    expect(contentSecurityPolicy("a", true)).toContain("'unsafe-eval'");
  });
});

describe("pageHeaders", () => {
  it("tells the browser what else to heed", () => {
    expect(pageHeaders(policy)).toMatchObject({
      "content-security-policy": policy,
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
  });
});

describe("what others may show", () => {
  const framed = contentSecurityPolicy("a", false, "https://wiki.example.com");

  it("is an embed by the one site of its link", () => {
    expect(framed.split("; ")).toContain("frame-ancestors https://wiki.example.com");
    expect(framedHeaders(framed)).not.toHaveProperty("x-frame-options");
    expect(framedHeaders(framed)).toMatchObject({ "cross-origin-resource-policy": "same-origin" });
  });

  it("is an image of a signed URL, which nobody can frame", () => {
    expect(imageHeaders(policy)).toMatchObject({
      "cross-origin-resource-policy": "cross-origin",
      "x-frame-options": "DENY",
    });
  });
});
