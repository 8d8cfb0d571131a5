/** An embed by URL as an image. One picture is drawn once for all who show it, however many pages it is linked from. */
import type { EmbedImageQuery } from "@/lib/contract/embeds";
import { canonicalJson } from "@/lib/embeds/canonical";
import type { EmbedClaims } from "@/lib/embeds/view";
import { SharedAnswers } from "./boards-shared";
import { embedFigures, openEmbed } from "./embeds";
import { renderPng } from "./render-png";
import { embedSvg } from "./render-svg";

const STEP_MS = 5_000;
/** Of at most some 500 kB each. */
const MOST_IMAGES = 40;
const AT_ONCE = 2;
const HELD = Symbol.for("meshdeck.web.images");
const MEDIA = { svg: "image/svg+xml; charset=utf-8", png: "image/png" } as const;

interface Asked {
  readonly token: string;
  readonly size: EmbedImageQuery;
  readonly headers: Pick<Headers, "get">;
}

export async function showEmbedImage(format: keyof typeof MEDIA, { token, size, headers }: Asked): Promise<Response> {
  const claims = openEmbed(token, headers);
  const image = await rendered(format, claims, size);
  return new Response(new Uint8Array(image), {
    headers: {
      "content-type": MEDIA[format],
      "cache-control": `private, max-age=${STEP_MS / 1000}`,
      // An SVG that is opened by itself runs nothing and loads nothing.
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    },
  });
}

function rendered(format: keyof typeof MEDIA, { view }: EmbedClaims, size: EmbedImageQuery): Promise<Buffer> {
  const place = globalThis as { [HELD]?: SharedAnswers<Buffer> };
  place[HELD] ??= new SharedAnswers<Buffer>({ most: MOST_IMAGES, atOnce: AT_ONCE });
  const key = canonicalJson([format, view, size]);
  const step = Math.floor(Date.now() / STEP_MS);
  return place[HELD].get(key, step, async () => {
    const svg = embedSvg(await embedFigures(view), size);
    return format === "svg" ? Buffer.from(svg) : renderPng(svg, size.theme);
  }).answer;
}
