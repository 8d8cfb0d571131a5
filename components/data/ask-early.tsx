import { headers } from "next/headers";
import { earlyScript } from "./early-answer";
import { firstQuestion } from "./first-question";

/** In the page's head: asks for the answer it begins with while its style sheets and scripts still load. */
export async function AskEarly() {
  const asked = await headers();
  // Who comes from another page runs no script of the HTML: the page's own hook asks.
  if (asked.get("sec-fetch-dest") === "empty") return null;
  const path = firstQuestion(asked.get("x-page") ?? "");
  if (path === null) return null;
  return (
    <script
      // An inline script of the old kind would wait for the style sheets.
      type="module"
      async
      nonce={asked.get("x-nonce") ?? undefined}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: our own text, with nothing in it that ends a script
      dangerouslySetInnerHTML={{ __html: earlyScript(path) }}
    />
  );
}
