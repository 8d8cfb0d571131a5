/** The words of a search: names and figures, quoted text, relations and parentheses, each with where it stands. */

export type TokenKind = "word" | "quoted" | "relation" | "open" | "close" | "and" | "or" | "not" | "end";

export interface Token {
  readonly kind: TokenKind;
  /** What it says: a quoted text without its quotes, a relation as it is written out (`==` is `=`). */
  readonly text: string;
  /** Where it begins and ends in the search, counted in UTF-16 units from 0. */
  readonly from: number;
  readonly to: number;
}

export interface TokenError {
  readonly message: string;
  readonly from: number;
  readonly to: number;
}

const RELATIONS = [">=", "<=", "!=", "==", "=", ">", "<", "~", ":"] as const;
const SIGNS: Readonly<Record<string, TokenKind>> = { "(": "open", ")": "close", "!": "not", "&&": "and", "||": "or" };
const WORDS: Readonly<Record<string, TokenKind>> = { and: "and", or: "or", not: "not" };
/** What ends a word that is not quoted. */
const STOPS = /[\s()=<>~:!"']|&&|\|\|/;

/** All tokens, the last of kind "end"; or what cannot be read. */
export function tokensOf(text: string): readonly Token[] | TokenError {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    while (at < text.length && /\s/.test(text[at] ?? "")) at += 1;
    if (at >= text.length) return [...tokens, { kind: "end", text: "", from: text.length, to: text.length }];
    const token = signAt(text, at) ?? quotedAt(text, at) ?? wordAt(text, at);
    if ("message" in token) return token;
    tokens.push(token);
    at = token.to;
  }
}

function signAt(text: string, from: number): Token | null {
  const relation = RELATIONS.find((each) => text.startsWith(each, from));
  if (relation !== undefined) {
    return { kind: "relation", text: relation === "==" ? "=" : relation, from, to: from + relation.length };
  }
  const sign = Object.keys(SIGNS).find((each) => text.startsWith(each, from));
  return sign === undefined ? null : { kind: SIGNS[sign] ?? "word", text: sign, from, to: from + sign.length };
}

function quotedAt(text: string, from: number): Token | TokenError | null {
  const quote = text[from];
  if (quote !== '"' && quote !== "'") return null;
  let said = "";
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === quote) return { kind: "quoted", text: said, from, to: at + 1 };
    if (text[at] === "\\" && at + 1 < text.length) at += 1;
    said += text[at];
  }
  return { message: `the text that begins here has no closing ${quote}`, from, to: text.length };
}

function wordAt(text: string, from: number): Token {
  const rest = text.slice(from + 1);
  const stop = rest.search(STOPS);
  const to = stop === -1 ? text.length : from + 1 + stop;
  const word = text.slice(from, to);
  return { kind: WORDS[word.toLowerCase()] ?? "word", text: word, from, to };
}

/** Text as it must be written so that it is read as one plain text again. */
export function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
}
