import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createStore } from "../store/store";
import { LOCAL_ADMIN } from "../user";
import { createAccountTokens, ISSUER, type TokenClaims } from "./account-tokens";
import { createAuthenticator } from "./authenticator";

const ACCOUNTS = { group: "", plural: "serviceaccounts" };
const PODS = { group: "", plural: "pods" };
const START = Date.parse("2026-01-01T00:00:00Z");

function newKey() {
  return generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
}

function setUp() {
  const store = createStore({ revision: 0, tables: new Map() });
  const clock = { now: START };
  const tokens = createAccountTokens(newKey());
  const authenticator = createAuthenticator({ adminToken: "secret", tokens, store, clock: () => new Date(clock.now) });
  const put = (type: typeof ACCOUNTS, kind: string, name: string, uid: string) =>
    store.put(type, { apiVersion: "v1", kind, metadata: { namespace: "a", name, uid } });
  const account = put(ACCOUNTS, "ServiceAccount", "robot", "u1");
  const claims: TokenClaims = {
    namespace: "a",
    account: { name: "robot", uid: "u1" },
    bound: null,
    audiences: [ISSUER],
    issuedAtSeconds: START / 1000,
    expiresAtSeconds: START / 1000 + 600,
    id: "t1",
  };
  const issue = (more: Partial<TokenClaims> = {}) => tokens.issue({ ...claims, ...more });
  return { store, clock, authenticator, account, put, issue, claims };
}

describe("a ServiceAccount's token", () => {
  it("is the account, in its groups", () => {
    const { authenticator, issue } = setUp();
    expect(authenticator.identify(issue())?.user).toEqual({
      username: "system:serviceaccount:a:robot",
      uid: "u1",
      groups: ["system:serviceaccounts", "system:serviceaccounts:a", "system:authenticated"],
      extra: { "authentication.kubernetes.io/credential-id": ["JTI=t1"] },
    });
  });

  it("is good until the second it expires in", () => {
    const { authenticator, clock, issue } = setUp();
    const token = issue();
    clock.now = START + 599_999;
    expect(authenticator.identify(token)).not.toBeNull();
    clock.now = START + 600_000;
    expect(authenticator.identify(token)).toBeNull();
  });

  it("ends with its account, also when one of that name comes back", () => {
    const { authenticator, store, account, put, issue } = setUp();
    const token = issue();
    expect(authenticator.identify(token)).not.toBeNull();
    store.remove(ACCOUNTS, account);
    expect(authenticator.identify(token)).toBeNull();
    put(ACCOUNTS, "ServiceAccount", "robot", "u2");
    expect(authenticator.identify(token)).toBeNull();
  });

  it("ends with the pod it is bound to", () => {
    const { authenticator, store, put, issue } = setUp();
    const pod = put(PODS, "Pod", "p", "u9");
    const token = issue({ bound: { kind: "Pod", name: "p", uid: "u9" } });
    expect(authenticator.identify(token)?.user.extra).toMatchObject({ "authentication.kubernetes.io/pod-name": ["p"] });
    store.remove(PODS, pod);
    expect(authenticator.identify(token)).toBeNull();
  });

  it("is for its audiences only", () => {
    const { authenticator, issue } = setUp();
    const token = issue({ audiences: ["vault", "other"] });
    expect(authenticator.identify(token)).toBeNull();
    expect(authenticator.identify(token, ["vault", "api"])?.audiences).toEqual(["vault"]);
  });

  it("of another key is nobody's, and so is one that was changed", () => {
    const { authenticator, issue, claims } = setUp();
    expect(authenticator.identify(createAccountTokens(newKey()).issue(claims))).toBeNull();
    const [header, body = "", signature] = issue().split(".");
    const wider = Buffer.from(body, "base64url").toString().replaceAll("robot", "admin");
    expect(authenticator.identify([header, Buffer.from(wider).toString("base64url"), signature].join("."))).toBeNull();
  });

  it.each(["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30."])("%j is nobody's", (token) => {
    expect(setUp().authenticator.identify(token)).toBeNull();
  });
});

it("the API's own token is the administrator's", () => {
  const { authenticator } = setUp();
  expect(authenticator.identify("secret")?.user).toBe(LOCAL_ADMIN);
  expect(authenticator.identify("secre")).toBeNull();
});
