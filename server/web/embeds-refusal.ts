/** What stands in the frame of a link that shows nothing: why, and what to do. No script, no data, nothing to click. */
import type { AppError } from "@/lib/contract/errors";
import { escaped } from "@/lib/picture/svg-surface";
import { pageHeaders } from "./page-headers";

const STYLE =
  ":root{color-scheme:light dark}body{margin:0;min-height:100vh;display:flex;align-items:center;justify-content:center;font:14px/20px Inter,ui-sans-serif,system-ui,sans-serif;background:light-dark(#fff,#13161c);color:light-dark(#181d26,#e9ebef)}main{max-width:30em;padding:16px}h1{font-size:16px;margin:0 0 4px}p{margin:0 0 4px}";

/** `framedBy`: the origin the link is for when its signature holds; else nobody may frame even this. */
export function refusalPage(error: AppError, framedBy: string | null): Response {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; frame-ancestors ${framedBy ?? "'none'"}`;
  const { "x-frame-options": deny, ...headers } = pageHeaders(policy);
  return new Response(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Not shown</title><meta name="viewport" content="width=device-width,initial-scale=1"><style>${STYLE}</style></head><body><main><h1>This embed is not shown</h1><p>${escaped(error.message)}</p><p>${escaped(error.hint ?? "")}</p></main></body></html>`,
    {
      status: 403,
      headers: {
        ...headers,
        ...(framedBy === null && deny !== undefined ? { "x-frame-options": deny } : {}),
        "content-type": "text/html; charset=utf-8",
        "cache-control": "no-store",
      },
    },
  );
}
