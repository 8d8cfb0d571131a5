/** Signed links: what may be shown, until when and to whom stands in the link itself, so that every replica can check it. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { AppError } from "@/lib/contract/errors";
import { canonicalJson } from "@/lib/embeds/canonical";
import { type EmbedClaims, EmbedClaimsSchema } from "@/lib/embeds/view";

/** Longer than any view needs; read no further. */
const MOST_CHARACTERS = 6_000;
/** The same key signs nothing else, now or later. */
const PURPOSE = "meshdeck embed v1\n";

/** `payload.signature`, both base64url. */
export function signEmbed(claims: EmbedClaims, key: Buffer): string {
  const payload = Buffer.from(canonicalJson(claims)).toString("base64url");
  return `${payload}.${mac(payload, key).toString("base64url")}`;
}

export type EmbedReading =
  | { readonly state: "good"; readonly claims: EmbedClaims }
  | { readonly state: "expired"; readonly claims: EmbedClaims }
  | { readonly state: "tampered" };

/** What a link says, once its signature holds. `now`: unix milliseconds. */
export function readEmbed(token: string, key: Buffer, now: number): EmbedReading {
  const [payload = "", signature = "", ...more] = token.length > MOST_CHARACTERS ? [] : token.split(".");
  const given = Buffer.from(signature, "base64url");
  const right = mac(payload, key);
  // base64url forgives what it does not know: only the one spelling of a signature counts.
  const spelled = given.toString("base64url") === signature && more.length === 0;
  if (given.length !== right.length || !timingSafeEqual(given, right) || !spelled) return { state: "tampered" };
  const parsed = EmbedClaimsSchema.safeParse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
  if (!parsed.success) return { state: "tampered" };
  return { state: parsed.data.exp * 1000 > now ? "good" : "expired", claims: parsed.data };
}

function mac(payload: string, key: Buffer): Buffer {
  return createHmac("sha256", key).update(PURPOSE).update(payload).digest();
}

/** Why a link shows nothing, and what to do. */
export function embedRefusal(reading: EmbedReading): AppError {
  if (reading.state === "expired") {
    const ended = new Date(reading.claims.exp * 1000).toISOString().slice(0, 16).replace("T", " ");
    return new AppError("forbidden", `This link ended on ${ended} UTC.`, {
      hint: "Make a new one in Meshdeck: open the menu of the chart, service or graph and choose Embed.",
    });
  }
  return new AppError("forbidden", "This link was changed, cut short, or signed with another key.", {
    hint: "Copy it again from where it was made, or make a new one in Meshdeck with Embed.",
  });
}

/** Framed or fetched by a page of another site than the link is for. */
export function originRefusal({ origin }: EmbedClaims): AppError {
  return new AppError("forbidden", `This link is for pages of ${origin} only.`, {
    hint: "Make a link for this site in Meshdeck with Embed.",
  });
}

/**
 * Whether the request says that another site than the link's asks. Browsers name the framing or hot-linking page in Referer
 * unless that page forbids it; what names nobody (a program, a preview, a strict page) passes: frame-ancestors still holds.
 */
export function fromOtherSite(claims: EmbedClaims, headers: Pick<Headers, "get">): boolean {
  if (headers.get("sec-fetch-site") === "same-origin") return false;
  const referer = headers.get("referer");
  if (!referer) return false;
  try {
    const { origin, host } = new URL(referer);
    return origin !== claims.origin && host !== headers.get("host");
  } catch {
    return false;
  }
}
