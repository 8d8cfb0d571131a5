/** Headers a browser should heed with every page and answer. */
export function pageHeaders(policy: string): Readonly<Record<string, string>> {
  return {
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
  };
}

/** The same for an embed: the one site its link is for may frame it, and nobody else. */
export function framedHeaders(policy: string): Readonly<Record<string, string>> {
  const { "x-frame-options": _, ...others } = pageHeaders(policy);
  return others;
}

/** The same for an image by a signed URL: other sites may show it. */
export function imageHeaders(policy: string): Readonly<Record<string, string>> {
  return { ...pageHeaders(policy), "cross-origin-resource-policy": "cross-origin" };
}

/** Nothing is loaded from elsewhere. Style attributes are what charts and dialogs set; style elements carry the nonce. */
export function contentSecurityPolicy(nonce: string, development: boolean, framedBy = "'none'"): string {
  const script = `'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`;
  const directives: Readonly<Record<string, string>> = {
    "default-src": "'self'",
    "script-src": script,
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": framedBy,
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}
