/**
 * Reads a search by recursive descent: `or` binds loosest, then `and` (a space means the same), then `not`. A word alone is one of the
 * flags or else a part of a name; a quoted text alone always is a part of a name.
 */
import type { Expression, FigureRelation, TextRelation } from "./expression";
import { type FindError, failed, orList, Unreadable } from "./fault";
import { FIELDS, type Field, type FigureField, fieldNamed, flagNamed, type Relation, relationsOf } from "./fields";
import { nearest } from "./nearest";
import { type Token, tokensOf } from "./token";

export type Parsed = { readonly ok: true; readonly expression: Expression | null } | FindError;

const MAX_LENGTH = 2000;
/** Of parentheses and nots: deeper is no search a person wrote. */
const MAX_DEPTH = 64;

/** The expression of a search; null for an empty one. Never throws. */
export function parseFind(text: string): Parsed {
  if (text.length > MAX_LENGTH) {
    return failed({
      at: { from: MAX_LENGTH, to: text.length, text: "" },
      why: `a search has at most ${MAX_LENGTH} characters`,
    });
  }
  const tokens = tokensOf(text);
  if ("message" in tokens)
    return failed({ at: { ...tokens, text: text.slice(tokens.from, tokens.to) }, why: tokens.message });
  if (tokens.length === 1) return { ok: true, expression: null };
  const parser = new Parser(tokens);
  try {
    return { ok: true, expression: parser.whole() };
  } catch (error) {
    if (error instanceof Unreadable) return error.said;
    throw error;
  }
}

const TERM = ["a name", "a condition", "not", "("] as const;

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Expression {
    const expression = this.#either();
    const token = this.#peek();
    if (token.kind === "close") throw this.#unreadable(token, '")" closes nothing', ["and", "or", "the end"]);
    return expression;
  }

  #either(): Expression {
    const parts = [this.#all()];
    while (this.#peek().kind === "or") {
      this.#next();
      parts.push(this.#all());
    }
    return listed("or", parts);
  }

  #all(): Expression {
    const parts = [this.#unit()];
    for (;;) {
      const { kind } = this.#peek();
      if (kind === "and") this.#next();
      else if (kind === "or" || kind === "close" || kind === "end") return listed("and", parts);
      parts.push(this.#unit());
    }
  }

  #unit(): Expression {
    const token = this.#next();
    switch (token.kind) {
      case "not":
        return this.#deeper(token, () => ({ op: "not", of: this.#unit() }));
      case "open":
        return this.#deeper(token, () => this.#inParentheses(token));
      case "quoted":
        return { op: "text", field: "name", relation: "~", value: token.text };
      case "word":
        return this.#condition(token);
      case "end":
        throw this.#unreadable(token, "the search ends too early", TERM);
      default:
        throw this.#unreadable(token, `"${token.text}" cannot stand here`, TERM);
    }
  }

  #inParentheses(open: Token): Expression {
    const inner = this.#either();
    const close = this.#next();
    if (close.kind !== "close") {
      throw this.#unreadable(close, `the "(" at position ${open.from + 1} is not closed`, [")", "and", "or"]);
    }
    return inner;
  }

  #deeper<Result>(token: Token, read: () => Result): Result {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw this.#unreadable(token, `nested more than ${MAX_DEPTH} deep`, []);
    const result = read();
    this.#depth -= 1;
    return result;
  }

  #condition(word: Token): Expression {
    const field = fieldNamed(word.text);
    if (this.#peek().kind === "relation") {
      const relation = this.#next();
      if (field === null) {
        throw this.#unreadable(word, `nothing is called "${word.text}"`, likely(word.text));
      }
      return this.#comparison(field, relation);
    }
    const next = this.#peek();
    if (field?.sort === "figure" && /^\d/.test(next.text)) {
      throw this.#unreadable(next, `"${word.text}" needs a relation before "${next.text}"`, relationsOf(field));
    }
    const flag = flagNamed(word.text);
    if (flag !== null) return { op: "flag", flag };
    return { op: "text", field: "name", relation: "~", value: word.text };
  }

  #comparison(field: Field, sign: Token): Expression {
    const relation = relationOf(field, sign.text);
    if (relation === null) {
      const what = field.sort === "figure" ? "a figure" : "a text";
      throw this.#unreadable(
        sign,
        `"${sign.text}" does not compare ${field.name}, which is ${what}`,
        relationsOf(field),
      );
    }
    const value = this.#next();
    if (field.sort === "figure") {
      return {
        op: "figure",
        field: field.name,
        relation: relation as FigureRelation,
        value: this.#figure(field, value),
      };
    }
    if (value.kind !== "word" && value.kind !== "quoted" && !isWordLike(value)) {
      throw this.#unreadable(
        value,
        `${field.name} ${sign.text} needs a value`,
        field.sort === "choice" ? field.values : ["a text"],
      );
    }
    if (field.sort === "choice" && !field.values.includes(value.text.toLowerCase())) {
      throw this.#unreadable(value, `${field.name} is never "${value.text}"`, field.values);
    }
    const text = field.sort === "choice" ? value.text.toLowerCase() : value.text;
    return { op: "text", field: field.name, relation: relation as TextRelation, value: text };
  }

  #figure(field: FigureField, token: Token): number {
    const read = /^(\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+)(.*)$/i.exec(token.kind === "word" ? token.text : "");
    const unit = (read?.[2] ?? "") === "" ? this.#unitApart(field) : (read?.[2] ?? "");
    const factor = read === null ? undefined : factorOf(field, unit);
    const units = Object.keys(field.units).filter((unit) => unit !== "");
    if (read === null || factor === undefined) {
      const found = token.kind === "end" ? "the search ends" : `"${token.text}" is none`;
      throw this.#unreadable(token, `${field.name} is compared with a number, ${found}`, [
        `a number in ${orList(units)}, for example ${field.example}`,
      ]);
    }
    return Number(read[1]) * factor;
  }

  /** `250 ms`. */
  #unitApart({ units }: FigureField): string {
    const { kind, text } = this.#peek();
    return kind === "word" && Object.hasOwn(units, text.toLowerCase()) ? this.#next().text : "";
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? (this.#tokens[this.#tokens.length - 1] as Token);
  }

  #next(): Token {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }

  #unreadable(at: Token, why: string, expected: readonly string[]): Unreadable {
    return new Unreadable({ at, why, expected });
  }
}

function factorOf({ units }: FigureField, unit: string): number | undefined {
  const name = unit.toLowerCase();
  return Object.hasOwn(units, name) ? units[name] : undefined;
}

function likely(word: string): readonly string[] {
  const names = FIELDS.map((field) => field.name);
  const near = nearest(word, names);
  return near.length > 0 ? near : names;
}

/** `name = or`: behind a relation a keyword is a text. */
function isWordLike(token: Token): boolean {
  return /^[a-z]+$/i.test(token.text);
}

/** As written, `:` in the sense that fits: `ns:book` is a part of it, `mtls:no` the whole. */
function relationOf(field: Field, sign: string): Relation | null {
  const meant = sign === ":" ? (field.sort === "text" ? "~" : "=") : sign;
  return relationsOf(field).find((each) => each === meant) ?? null;
}

function listed(op: "and" | "or", parts: readonly Expression[]): Expression {
  const [only, ...more] = parts;
  return only !== undefined && more.length === 0 ? only : { op, of: parts };
}
