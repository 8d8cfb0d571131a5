import { regexOf } from "@/lib/mesh/regex";

/** Why an expression is none Envoy would take; undefined when it is one, or nothing was typed. */
export function regexMessage(expression: string): string | undefined {
  const regex = regexOf(expression);
  return regex.ok ? undefined : `This is no RE2 expression: ${regex.reason}.`;
}
