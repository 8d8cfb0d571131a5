/** Before the page of an embed: whether its link holds, and who may frame it. */
import { AppError } from "@/lib/contract/errors";
import { embedKey } from "./embeds-key";
import { refusalPage } from "./embeds-refusal";
import { embedRefusal, fromOtherSite, originRefusal, readEmbed } from "./embeds-token";

const PAGE = /^\/embed\/([^/]+)$/;
const IMAGE = /^\/api\/embeds\/[^/]+\/image\.(svg|png)$/;

/** What kind of answer a path is to other sites. */
export type Framing =
  | { readonly kind: "ours" }
  | { readonly kind: "image" }
  /** `by`: the one origin that may frame it. */
  | { readonly kind: "framed"; readonly by: string }
  | { readonly kind: "refused"; readonly page: Response };

export function framingOf(path: string, headers: Pick<Headers, "get">): Framing {
  if (IMAGE.test(path)) return { kind: "image" };
  const token = PAGE.exec(path)?.[1];
  if (token === undefined) return { kind: "ours" };
  try {
    const reading = readEmbed(token, embedKey(), Date.now());
    if (reading.state !== "good") {
      const known = reading.state === "expired" ? reading.claims.origin : null;
      return { kind: "refused", page: refusalPage(embedRefusal(reading), known) };
    }
    const { claims } = reading;
    if (headers.get("sec-fetch-dest") === "iframe" && fromOtherSite(claims, headers)) {
      return { kind: "refused", page: refusalPage(originRefusal(claims), claims.origin) };
    }
    return { kind: "framed", by: claims.origin };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { kind: "refused", page: refusalPage(error, null) };
  }
}
