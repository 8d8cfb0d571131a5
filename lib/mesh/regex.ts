/**
 * RE2 as Envoy runs it, so that what is explained is what is enforced, and so that an expression Envoy would refuse never
 * reaches it: one refused expression costs a proxy the whole update it came in.
 */
import { RE2JS } from "re2js";

export type Regex =
  | { readonly ok: true; readonly matches: (text: string) => boolean }
  | { readonly ok: false; readonly reason: string };

/** Envoy refuses larger programs: the bootstrap sets its runtime key `re2.max_program_size.error_level` to this. */
export const PROGRAM_SIZE_LIMIT = 4000;

/** Compiling is pure and costs tens of microseconds, and a mesh repeats few expressions in many translations. */
const compiled = new Map<string, Regex>();
const CACHE_LIMIT = 5000;

/** The expression as one that has to match a whole text, or why Envoy would not take it, as a phrase. */
export function regexOf(expression: string): Regex {
  const known = compiled.get(expression);
  if (known !== undefined) return known;
  const regex = compile(expression);
  if (compiled.size >= CACHE_LIMIT) compiled.clear();
  compiled.set(expression, regex);
  return regex;
}

function compile(expression: string): Regex {
  if (expression === "") return { ok: false, reason: "it is empty" };
  const wide = /\\x\{0*([0-9a-f]{3,})\}/i.exec(expression);
  if (wide !== null) return { ok: false, reason: `bytes are matched, and ${wide[0]} is no byte` };
  try {
    const pattern = RE2JS.compile(bytesOf(expression));
    const size = programSize(pattern);
    if (size <= PROGRAM_SIZE_LIMIT) return { ok: true, matches: (text) => pattern.testExact(bytesOf(text)) };
    return { ok: false, reason: `it makes up to ${size} instructions, and Envoy takes ${PROGRAM_SIZE_LIMIT}` };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: said.replace(/^error parsing regexp: /, "") };
  }
}

/** Envoy compiles to and matches bytes (Latin-1): each byte of the UTF-8 text becomes a character of its own. */
function bytesOf(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
}

/**
 * How large RE2's program is at most. RE2JS has one instruction for a class of characters; RE2 has one for each range of
 * bytes in it, and two more to find where a match starts. Measured against Envoy in test/contract/envoy-regex.test.ts.
 */
function programSize(pattern: RE2JS): number {
  const { prog } = pattern.re2() as unknown as { prog: { inst: readonly { runes: ArrayLike<number> }[] } };
  return prog.inst.reduce((size, { runes }) => size + Math.max(1, byteRanges(runes)), 2);
}

/** `runes` are pairs of first and last, or a single one. */
function byteRanges(runes: ArrayLike<number>): number {
  return Array.from(runes).filter((first, index) => index % 2 === 0 && first <= 0xff).length;
}
