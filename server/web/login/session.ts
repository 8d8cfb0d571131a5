/** A session: who signed in, with which token, until when. It lives in a sealed cookie; the server keeps none. */
import { z } from "zod";
import { seal, unseal } from "./seal";

const SealedSchema = z.object({
  /** Random, to end this one session. */
  id: z.string(),
  user: z.string(),
  token: z.string(),
  /** Unix milliseconds. */
  endsAt: z.number(),
});
export type SealedSession = z.infer<typeof SealedSchema>;

/** `__Host-` ties a cookie to this very host over HTTPS; browsers take it over nothing else. */
const NAMES = { secure: "__Host-meshdeck-session", plain: "meshdeck-session" } as const;
const MOST_COOKIE_CHARACTERS = 4_000;

/** The session a request carries; null when there is none, it was changed, or it has ended. `now`: unix milliseconds. */
export function readSession(headers: Pick<Headers, "get">, key: Buffer, now: number): SealedSession | null {
  const jar = cookiesOf(headers.get("cookie") ?? "");
  for (const name of Object.values(NAMES)) {
    const text = unseal(jar.get(name) ?? "", key);
    const session = text === null ? null : SealedSchema.parse(JSON.parse(text));
    if (session !== null && session.endsAt > now) return session;
  }
  return null;
}

/** The cookie that keeps a session; null when it is longer than browsers keep. */
export function sessionCookie(session: SealedSession, key: Buffer, headers: Pick<Headers, "get">): string | null {
  const sealed = seal(JSON.stringify(session), key);
  if (sealed.length > MOST_COOKIE_CHARACTERS) return null;
  return `${cookie(headers, sealed)}; Expires=${new Date(session.endsAt).toUTCString()}`;
}

/** Cookies that make a browser forget its session. */
export function forgottenCookies(): readonly string[] {
  const gone = "Path=/; HttpOnly; SameSite=Strict; Max-Age=0";
  return [`${NAMES.secure}=; Secure; ${gone}`, `${NAMES.plain}=; ${gone}`];
}

/** Without Secure only where the name is one of loopback: nobody listens there. */
function cookie(headers: Pick<Headers, "get">, value: string): string {
  const plain = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(headers.get("host") ?? "");
  const secure = !plain || headers.get("x-forwarded-proto") === "https";
  const rest = "Path=/; HttpOnly; SameSite=Strict";
  return secure ? `${NAMES.secure}=${value}; Secure; ${rest}` : `${NAMES.plain}=${value}; ${rest}`;
}

function cookiesOf(header: string): ReadonlyMap<string, string> {
  const pairs = header.split(";").map((part) => {
    const at = part.indexOf("=");
    return [part.slice(0, at).trim(), part.slice(at + 1).trim()] as const;
  });
  return new Map(pairs);
}
