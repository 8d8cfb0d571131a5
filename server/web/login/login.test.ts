import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/contract/errors";
import { readSettings } from "../settings";
import { Attempts } from "./attempts";
import { checkToken } from "./check-token";
import { identify, SECRET_HEADER } from "./identity";
import { tokenClaims } from "./jwt";
import { HOME, ownPath } from "./own-path";
import { seal, unseal } from "./seal";
import { loginSecret } from "./secret";
import { readSession, type SealedSession, sessionCookie } from "./session";

const key = Buffer.from("0123456789abcdef0123456789abcdef");
const NOW = 1_800_000_000_000;

describe("what is sealed", () => {
  it("comes back whole, and twice the same is sealed differently", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(unseal(seal(text, key), key)).toBe(text);
      }),
    );
    expect(seal("a", key)).not.toBe(seal("a", key));
  });

  it("is nothing to another key, and when any letter is changed, cut or added", () => {
    const sealed = seal(JSON.stringify({ token: "secret" }), key);
    expect(sealed).not.toContain("secret");
    expect(unseal(sealed, Buffer.from("another key of enough characters"))).toBeNull();
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.constantFrom("A", "z", "-", "=", "é"), (at, letter) => {
        fc.pre(sealed.charAt(at) !== letter);
        expect(unseal(sealed.slice(0, at) + letter + sealed.slice(at + 1), key)).toBeNull();
        expect(unseal(sealed.slice(0, at), key)).toBeNull();
        expect(unseal(sealed.slice(0, at) + letter + sealed.slice(at), key)).toBeNull();
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(unseal(text, key)).toBeNull();
      }),
    );
  });
});

describe("a session's cookie", () => {
  const session: SealedSession = { id: "1", user: "ada", token: "t".repeat(1_200), endsAt: NOW + 60_000 };
  const at = (headers: Record<string, string>) => sessionCookie(session, key, new Headers(headers)) ?? "";
  const sent = (cookie: string) => new Headers({ cookie: `theme=dark; ${cookie.split(";")[0]}; other=1` });

  it("is for this host over HTTPS alone, but on loopback", () => {
    expect(at({ host: "deck.example.com" })).toMatch(
      /^__Host-meshdeck-session=[^;]+; Secure; Path=\/; HttpOnly; SameSite=Strict/,
    );
    expect(at({ host: "localhost:8080" })).toMatch(/^meshdeck-session=[^;]+; Path=\/; HttpOnly; SameSite=Strict/);
    expect(at({ host: "localhost", "x-forwarded-proto": "https" })).toContain("Secure");
    expect(at({ host: "127.0.0.1.example.com" })).toContain("Secure");
  });

  it("is read until it ends", () => {
    const cookie = at({ host: "localhost" });
    expect(readSession(sent(cookie), key, NOW)).toEqual(session);
    expect(readSession(sent(cookie), key, session.endsAt)).toBeNull();
    expect(readSession(new Headers(), key, NOW)).toBeNull();
  });

  it("is not made longer than browsers keep", () => {
    const token = randomBytes(4_000).toString("base64url");
    expect(sessionCookie({ ...session, token }, key, new Headers({ host: "localhost" }))).toBeNull();
  });
});

describe("where one goes on after signing in", () => {
  it.each(["/graph?ns=a&window=30s#x", "/services/a/b", "/overview"])("is %s", (path) => {
    expect(ownPath(path)).toBe(path);
  });
  it.each([
    "//evil.example.com",
    "/\\evil.example.com",
    "https://evil.example.com",
    "javascript:alert(1)",
    "/\tevil.example.com",
    "/\n/evil.example.com",
    "/login?to=/login",
    "/api/session",
    "graph",
    "",
    null,
  ])("is never %j", (path) => {
    expect(ownPath(path)).toBe(HOME);
  });
  it("is on this host, whatever is asked", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(new URL(ownPath(text), "http://own.example").origin).toBe("http://own.example");
      }),
    );
  });
});

describe("attempts", () => {
  it("are few from one address and bounded in all, and begin anew after a minute", () => {
    const attempts = new Attempts({ perAddress: 2, inAll: 5 });
    expect([1, 2, 3].map(() => attempts.take("a", NOW))).toEqual([0, 0, 60]);
    expect(attempts.take("a", NOW + 59_500)).toBe(1);
    expect(["b", "c", "d", "e"].map((address) => attempts.take(address, NOW + 1_000))).toEqual([0, 0, 0, 59]);
    expect(attempts.take("a", NOW + 61_000)).toBe(0);
  });
});

describe("who asks", () => {
  const proxy = {
    kind: "header",
    userHeader: "x-forwarded-user",
    groupsHeader: "x-forwarded-groups",
    secretFile: "",
  } as const;
  const named = (headers: Record<string, string>) => identify(proxy, key, { headers: new Headers(headers), now: NOW });

  it("is whom a proxy names that shows its secret, and nobody without it", () => {
    const user = { "x-forwarded-user": "ada", "x-forwarded-groups": "dev, ops,," };
    expect(named({ ...user, [SECRET_HEADER]: key.toString() })).toMatchObject({
      user: "ada",
      sessionId: null,
      credentials: { impersonate: { user: "ada", groups: ["dev", "ops"] } },
    });
    expect(named(user)).toBeNull();
    expect(named({ ...user, [SECRET_HEADER]: "0".repeat(32) })).toBeNull();
    expect(named({ [SECRET_HEADER]: key.toString() })).toBeNull();
  });

  it("is a program with a token, until the token says that it ended", () => {
    const token = (exp: number) => `a.${Buffer.from(JSON.stringify({ exp, sub: "ada" })).toString("base64url")}.c`;
    const by = (bearer: string) =>
      identify({ kind: "token", keyFile: "", hours: 1 }, key, {
        headers: new Headers({ authorization: `Bearer ${bearer}` }),
        now: NOW,
      });
    expect(by(token(NOW / 1000 + 1))).toMatchObject({ user: "ada", endsAt: NOW + 1_000, sessionId: null });
    expect(by(token(NOW / 1000))).toBeNull();
    expect(by("opaque")).toMatchObject({ endsAt: null });
    expect(JSON.stringify(by("opaque")?.key)).not.toContain("opaque");
    expect(tokenClaims("a.b.c")).toEqual({ expiresAt: null, subject: null });
  });
});

describe("a token", () => {
  const client = (answer: (kind: string) => unknown) => ({
    create: async (_: unknown, object: { kind: string }) => {
      const status = answer(object.kind);
      if (status instanceof Error) throw status;
      return { apiVersion: "v1", kind: object.kind, metadata: { name: "" }, status };
    },
  });

  it("is whose the API server says, or says so itself where the server cannot", async () => {
    expect(
      await checkToken(
        client(() => ({ userInfo: { username: "ada" } })),
        null,
      ),
    ).toBe("ada");
    const old = client((kind) => (kind === "SelfSubjectReview" ? new AppError("not_found", "?") : { allowed: false }));
    expect(await checkToken(old, "by-token")).toBe("by-token");
  });

  it("that is nobody's is refused with what to do, and an API that is away is no fault of the token", async () => {
    const refused = checkToken(
      client(() => new AppError("unauthenticated", "Unauthorized")),
      null,
    );
    await expect(refused).rejects.toMatchObject({
      code: "unauthenticated",
      message: expect.stringContaining("does not know"),
    });
    const anonymous = checkToken(
      client(() => ({ userInfo: { username: "system:anonymous" } })),
      null,
    );
    await expect(anonymous).rejects.toMatchObject({ code: "unauthenticated" });
    const away = checkToken(
      client(() => new AppError("upstream_unavailable", "ECONNREFUSED")),
      null,
    );
    await expect(away).rejects.toMatchObject({
      code: "upstream_unavailable",
      message: expect.stringContaining("nobody can sign in"),
    });
  });
});

describe("the settings of the login", () => {
  const read = (env: Record<string, string>) => readSettings(env).login;

  it("let nobody in by another name than loopback's without signing in", () => {
    expect(read({})).toEqual({ kind: "none" });
    expect(read({ MESHDECK_ALLOWED_HOSTS: "localhost, 127.0.0.1" })).toEqual({ kind: "none" });
    expect(() => read({ MESHDECK_ALLOWED_HOSTS: "deck.example.com" })).toThrow(
      /"deck.example.com", but nobody has to sign in/,
    );
  });

  it("have no default for a secret", () => {
    expect(() => read({ MESHDECK_LOGIN: "token" })).toThrow("MESHDECK_SESSION_KEY_FILE is not set");
    expect(() => read({ MESHDECK_LOGIN: "header" })).toThrow("MESHDECK_LOGIN_SECRET_FILE is not set");
    expect(() => read({ MESHDECK_LOGIN: "oidc" })).toThrow("must be none, token or header");
  });

  it("name a key file long enough", () => {
    const folder = mkdtempSync(join(tmpdir(), "meshdeck-key-"));
    try {
      const file = join(folder, "key");
      const login = { kind: "token", keyFile: file, hours: 1 } as const;
      expect(() => loginSecret(login)).toThrow("cannot be read");
      writeFileSync(file, "short");
      expect(() => loginSecret(login)).toThrow("fewer than 32");
      writeFileSync(file, `${"k".repeat(40)}\n`);
      expect(loginSecret(login)?.toString()).toBe("k".repeat(40));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
