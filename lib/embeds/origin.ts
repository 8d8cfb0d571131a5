/** The one site that may frame an embed. */

/** What is wrong with it, beginning with "must"; null when it is an origin that may frame: https, or http on this machine. */
export function originProblem(text: string): string | null {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return "must be an origin such as https://wiki.example.com";
  }
  if (url.origin !== text) return `must be an origin without path or trailing slash: ${url.origin}`;
  // It goes into a header: what URLs allow in a host and policies read as something else (`*`, `;`) stays out.
  if (!/^([a-z0-9.-]+|\[[0-9a-f:.]+\])$/.test(url.hostname))
    return "must be the origin of one site: letters, digits, dots and dashes";
  if (url.protocol === "https:") return null;
  if (url.protocol === "http:" && isLoopback(url.hostname)) return null;
  return "must begin with https:// (http:// only on localhost)";
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}
