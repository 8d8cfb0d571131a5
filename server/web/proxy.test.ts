import { NextRequest } from "next/server";
import { describe, expect, it } from "vitest";
import { config, proxy } from "@/proxy";

const answer = () => proxy(new NextRequest("http://localhost:8080/graph"));
const policyOf = (response: Response) => response.headers.get("content-security-policy") ?? "";

describe("proxy", () => {
  it("lets only scripts with this answer's nonce run, and nothing be loaded from elsewhere", () => {
    const policy = policyOf(answer());
    expect(policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]{20,}' 'strict-dynamic'(;|$)/);
    expect(policy).not.toMatch(/unsafe-eval|https?:|\*/);
    for (const directive of [
      "default-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'self'",
    ]) {
      expect(policy.split("; ")).toContain(directive);
    }
  });

  it("gives every answer another nonce", () => {
    const policies = new Set(Array.from({ length: 20 }, () => policyOf(answer())));
    expect(policies.size).toBe(20);
  });

  it("tells Next the nonce, and the browser what else to heed", () => {
    const response = answer();
    const nonce = /'nonce-([^']+)'/.exec(policyOf(response))?.[1];
    expect(response.headers.get("x-middleware-request-x-nonce")).toBe(nonce);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
  });

  it("stands before pages and the API, not before built files", () => {
    const [matcher = ""] = config.matcher;
    const covers = (path: string) => new RegExp(`^${matcher}$`).test(path);
    expect([covers("/"), covers("/graph"), covers("/api/stream")]).toEqual([true, true, true]);
    expect([covers("/_next/static/a.js"), covers("/_next/image")]).toEqual([false, false]);
  });
});
