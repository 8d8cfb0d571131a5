/** Embeds: signed links and what they show. The routes below a token answer only what that token was signed for. */
import { z } from "zod";
import { EmbedCreatedSchema, EmbedCreateSchema, EmbedDataSchema, EmbedImageQuerySchema } from "../embeds";
import type { Route } from "../route";

/** Anything: what is no token of ours is refused as a changed one. */
const token = z.object({ token: z.string().max(8_000) });

export const EMBED_ROUTES = {
  embedCreate: {
    method: "POST",
    path: "/api/embeds",
    limited: "filtered",
    summary: "A signed link to one view for one framing site; it ends by itself",
    query: z.strictObject({}),
    body: EmbedCreateSchema,
    status: 201,
    answer: EmbedCreatedSchema,
  },
  embedData: {
    method: "GET",
    path: "/api/embeds/{token}/data",
    limited: "public",
    summary: "The figures of an embedded view",
    params: token,
    query: z.strictObject({}),
    answer: EmbedDataSchema,
  },
  embedSvg: {
    method: "GET",
    path: "/api/embeds/{token}/image.svg",
    limited: "public",
    summary: "An embedded view as SVG",
    params: token,
    query: EmbedImageQuerySchema,
    answer: { mediaType: "image/svg+xml" },
  },
  embedPng: {
    method: "GET",
    path: "/api/embeds/{token}/image.png",
    limited: "public",
    summary: "An embedded view as PNG",
    params: token,
    query: EmbedImageQuerySchema,
    answer: { mediaType: "image/png" },
  },
} as const satisfies Readonly<Record<string, Route>>;
