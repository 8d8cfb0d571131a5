/** What a page's HTML makes a browser load before it can do anything. */
import { gzipSync } from "node:zlib";

export interface FirstLoad {
  /** Kilobytes (1,000 bytes) of its scripts, compressed. */
  readonly scriptKilobytes: number;
  /** zod is among them: answers are held against their schemas outside a built page only. */
  readonly hasSchemas: boolean;
}

/** Of the scripts that stand in the HTML at `url`, but those for browsers without modules. */
export async function firstLoad(url: string): Promise<FirstLoad> {
  const html = await (await fetch(url, { headers: { accept: "text/html" } })).text();
  const tags = [...html.matchAll(/<script[^>]*\ssrc="([^"]+)"[^>]*>/g)].filter(([tag]) => !/nomodule/i.test(tag));
  if (tags.length === 0) throw new Error(`no scripts in the HTML of ${url}`);
  const scripts = await Promise.all(
    [...new Set(tags.map(([, src]) => src ?? ""))].map(async (src) => (await fetch(new URL(src, url))).text()),
  );
  return {
    scriptKilobytes: scripts.reduce((sum, script) => sum + gzipSync(script).length, 0) / 1000,
    hasSchemas: scripts.some((script) => script.includes("ZodError")),
  };
}
