/** POST /api/embeds: a signed link. Nothing is stored: what the link says is in the link. */
import type { EmbedCreate, EmbedCreated } from "@/lib/contract/embeds";
import { embedKey } from "./embeds-key";
import { signEmbed } from "./embeds-token";
import { refuseUnseenView } from "./limited/subjects";
import { currentViewer } from "./login/viewer";

const HOUR_SECONDS = 3_600;

/** Throws `unprocessable` when embeds are off, `forbidden` for what its maker does not see. */
export function createEmbed({ view, ttlHours, origin }: EmbedCreate): EmbedCreated {
  const scope = currentViewer()?.scope ?? null;
  if (scope !== null) refuseUnseenView(view, scope);
  const exp = Math.floor(Date.now() / 1000) + ttlHours * HOUR_SECONDS;
  const token = signEmbed({ view, exp, origin }, embedKey());
  const api = `/api/embeds/${token}`;
  return {
    token,
    expiresAt: exp * 1000,
    page: `/embed/${token}`,
    svg: `${api}/image.svg`,
    png: `${api}/image.png`,
  };
}
