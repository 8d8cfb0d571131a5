/** Before every page: the content security policy with a nonce of its own, and the other headers a browser should heed. */
import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy, pageHeaders } from "@/server/web/page-headers";

export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // Next reads the nonce for its own scripts from the request's policy.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  for (const [name, value] of Object.entries(pageHeaders(policy))) response.headers.set(name, value);
  return response;
}

export const config = {
  // Everything but what is built: that never changes and carries no script that runs by itself.
  matcher: ["/((?!_next/static|_next/image).*)"],
};
