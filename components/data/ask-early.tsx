import { headers } from "next/headers";
import { earlyScript } from "./early-answer";

/** Asks for the answer a page begins with (a GET of `path`, as its hook writes it) while the page's scripts still load. */
export async function AskEarly({ path }: { path: string }) {
  const asked = await headers();
  // Who comes from another page runs no script of the HTML: the page's own hook asks.
  if (asked.get("sec-fetch-dest") === "empty") return null;
  return (
    <script
      // As an inline script of the old kind it would wait for the style sheets.
      type="module"
      async
      nonce={asked.get("x-nonce") ?? undefined}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: our own text, with nothing in it that ends a script
      dangerouslySetInnerHTML={{ __html: earlyScript(path) }}
    />
  );
}
