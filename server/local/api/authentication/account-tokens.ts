/** Tokens of ServiceAccounts: JSON Web Tokens signed by this API, as TokenRequest hands them out. */
import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { isObject, type JsonObject, listAt, objectAt, textAt } from "../object";

export const ISSUER = "https://kubernetes.default.svc";

/** The object a token ends with, beside its account. */
export interface BoundObject {
  readonly kind: "Pod" | "Secret";
  readonly name: string;
  readonly uid: string;
}

export interface TokenClaims {
  readonly namespace: string;
  readonly account: { readonly name: string; readonly uid: string };
  readonly bound: BoundObject | null;
  /** Who may be shown it. */
  readonly audiences: readonly string[];
  readonly issuedAtSeconds: number;
  /** From this second on it is worth nothing. */
  readonly expiresAtSeconds: number;
  /** One of its own for every token. */
  readonly id: string;
}

export interface AccountTokens {
  issue(claims: TokenClaims): string;
  /** What a token of this API says, whatever the time is; null for anything else. */
  read(token: string): TokenClaims | null;
}

const HEADER = encoded({ alg: "ES256", typ: "JWT" });
/** Clients send the same token again and again; checking its signature once is enough. */
const KNOWN_LIMIT = 1000;

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function payload(claims: TokenClaims): JsonObject {
  const { bound } = claims;
  return {
    aud: [...claims.audiences],
    exp: claims.expiresAtSeconds,
    iat: claims.issuedAtSeconds,
    iss: ISSUER,
    jti: claims.id,
    "kubernetes.io": {
      namespace: claims.namespace,
      ...(bound === null ? {} : { [bound.kind.toLowerCase()]: { name: bound.name, uid: bound.uid } }),
      serviceaccount: { ...claims.account },
    },
    nbf: claims.issuedAtSeconds,
    sub: `system:serviceaccount:${claims.namespace}:${claims.account.name}`,
  };
}

function boundIn(own: JsonObject): BoundObject | null {
  for (const kind of ["Pod", "Secret"] as const) {
    const found = objectAt(own, kind.toLowerCase());
    if (textAt(found, "name") !== "") return { kind, name: textAt(found, "name"), uid: textAt(found, "uid") };
  }
  return null;
}

function claimsOf(body: unknown): TokenClaims | null {
  if (!isObject(body) || body.iss !== ISSUER || typeof body.exp !== "number" || typeof body.iat !== "number")
    return null;
  const own = objectAt(body, "kubernetes.io");
  return {
    namespace: textAt(own, "namespace"),
    account: { name: textAt(own, "serviceaccount", "name"), uid: textAt(own, "serviceaccount", "uid") },
    bound: boundIn(own),
    audiences: listAt(body, "aud").filter((one) => typeof one === "string"),
    issuedAtSeconds: body.iat,
    expiresAtSeconds: body.exp,
    id: textAt(body, "jti"),
  };
}

/** `key` is a private key on the curve P-256. */
export function createAccountTokens(key: KeyObject): AccountTokens {
  const publicKey = createPublicKey(key);
  const known = new Map<string, TokenClaims>();

  function checked(token: string): TokenClaims | null {
    const [header = "", body = "", signature = "", ...more] = token.split(".");
    if (header !== HEADER || more.length > 0) return null;
    const options = { key: publicKey, dsaEncoding: "ieee-p1363" } as const;
    const good = verify("sha256", Buffer.from(`${header}.${body}`), options, Buffer.from(signature, "base64url"));
    return good ? claimsOf(JSON.parse(Buffer.from(body, "base64url").toString("utf8"))) : null;
  }

  return {
    issue(claims) {
      const text = `${HEADER}.${encoded(payload(claims))}`;
      const signature = sign("sha256", Buffer.from(text), { key, dsaEncoding: "ieee-p1363" });
      return `${text}.${signature.toString("base64url")}`;
    },
    read(token) {
      const before = known.get(token);
      if (before !== undefined) return before;
      const claims = checked(token);
      if (claims === null) return null;
      const [oldest] = known.size >= KNOWN_LIMIT ? known.keys() : [];
      if (oldest !== undefined) known.delete(oldest);
      known.set(token, claims);
      return claims;
    },
  };
}
