/** Before every page: the content security policy with a nonce of its own, and the other headers a browser should heed. */
import { type NextRequest, NextResponse } from "next/server";
import { framingOf } from "@/server/web/embeds-page";
import { pageDoor } from "@/server/web/login/page-door";
import { contentSecurityPolicy, framedHeaders, imageHeaders, pageHeaders } from "@/server/web/page-headers";

export function proxy(request: NextRequest): Response {
  const { pathname, search } = request.nextUrl;
  const door = pageDoor(`${pathname}${search}`, request.headers);
  if (door !== null) return NextResponse.redirect(new URL(door, request.nextUrl), 307);
  const framing = framingOf(pathname, request.headers);
  if (framing.kind === "refused") return framing.page;
  const nonce = btoa(crypto.randomUUID());
  const framedBy = framing.kind === "framed" ? framing.by : "'none'";
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development", framedBy);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // The layout is not told otherwise which page it is around.
  headers.set("x-page", `${pathname}${search}`);
  // Next reads the nonce for its own scripts from the request's policy.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  const told = { ours: pageHeaders, framed: framedHeaders, image: imageHeaders }[framing.kind](policy);
  for (const [name, value] of Object.entries(told)) response.headers.set(name, value);
  // The form of that page has no script: only its Origin says that it is ours, and browsers leave that out without a referrer.
  if (pathname === "/login") response.headers.set("referrer-policy", "same-origin");
  return response;
}

export const config = {
  // Everything but what is built: that never changes and carries no script that runs by itself.
  matcher: ["/((?!_next/static|_next/image).*)"],
};
