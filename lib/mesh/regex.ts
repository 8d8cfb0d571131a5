/** RE2 as Envoy runs it, so that what is explained is what is enforced. */
import { RE2JS } from "re2js";

export type Regex =
  | { readonly ok: true; readonly matches: (text: string) => boolean }
  | { readonly ok: false; readonly reason: string };

/** Compiling is pure and costs tens of microseconds, and a mesh repeats few expressions in many translations. */
const compiled = new Map<string, Regex>();
const CACHE_LIMIT = 5000;

/** The expression as one that has to match a whole text. Not RE2 (look-ahead, back-references): why not. */
export function regexOf(expression: string): Regex {
  const known = compiled.get(expression);
  if (known !== undefined) return known;
  const regex = compile(expression);
  if (compiled.size >= CACHE_LIMIT) compiled.clear();
  compiled.set(expression, regex);
  return regex;
}

function compile(expression: string): Regex {
  try {
    const pattern = RE2JS.compile(expression);
    return { ok: true, matches: (text) => pattern.testExact(text) };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: said.replace(/^error parsing regexp: /, "") };
  }
}
