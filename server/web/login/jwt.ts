/** What a token says of itself. It is believed for nothing but ending a session: the API server judges. */

export interface TokenClaims {
  /** Unix milliseconds; null: it does not say, or is no JWT. */
  readonly expiresAt: number | null;
  readonly subject: string | null;
}

const NOTHING: TokenClaims = { expiresAt: null, subject: null };

export function tokenClaims(token: string): TokenClaims {
  const [, payload, signature, ...more] = token.split(".");
  if (payload === undefined || signature === undefined || more.length > 0) return NOTHING;
  try {
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Record<string, unknown> | null;
    const exp = claims?.exp;
    const sub = claims?.sub;
    return {
      expiresAt: typeof exp === "number" && Number.isFinite(exp) ? exp * 1000 : null,
      subject: typeof sub === "string" ? sub : null,
    };
  } catch {
    return NOTHING;
  }
}
