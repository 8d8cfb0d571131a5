/** Input held against its schema; what does not fit is an error that names it, its value and the remedy. */
import type { z } from "zod";
import { AppError } from "@/lib/contract/errors";

/** `what` is what the input's parts are called: "query parameter", "field". Without a schema nothing is read. */
export function parseWith(schema: z.ZodType | undefined, input: unknown, what: string): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => told(issue, input, what));
  const first = fields[0];
  throw new AppError("invalid_request", `${first?.sentence ?? `The ${what}s are not valid`}.`, {
    hint: first?.remedy ?? "Correct the request and send it again.",
    details: { fields: fields.map(({ field, message }) => ({ field, message })) },
  });
}

interface Told {
  readonly field: string;
  readonly message: string;
  readonly sentence: string;
  readonly remedy: string;
}

function told(issue: z.core.$ZodIssue, input: unknown, what: string): Told {
  if (issue.code === "unrecognized_keys") {
    const field = pathText([...issue.path, issue.keys[0] ?? ""]);
    return {
      field,
      message: "is not known here",
      sentence: `There is no ${what} "${field}"`,
      remedy: "Check its spelling, or leave it out.",
    };
  }
  const field = pathText(issue.path);
  const value = at(input, issue.path);
  const name = field === "" ? "The request" : `The ${what} "${field}"`;
  const missing = value === undefined;
  const message = missing ? "is required" : lower(issue.message);
  return {
    field,
    message,
    sentence: missing ? `${name} is missing` : `${name} is ${shown(value)}: it ${verbFirst(message)}`,
    remedy: missing ? "Add it and send the request again." : "Correct it and send the request again.",
  };
}

/** Our own messages begin with "must"; zod's ("Invalid input: expected string") are put so that a sentence comes out. */
function verbFirst(message: string): string {
  return /^(must|is|names|may) ?/.test(message) ? message : `must be valid (${message})`;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "undefined";
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function at(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined,
    input,
  );
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, "");
}
