/** zod schemas of the fields of each SMI kind. They take what any served version says and turn it into the hub's shape. */
import { z } from "zod";
import { isRecord } from "./body";
import { parseQuantity } from "./quantity";

export const METHODS = ["*", "GET", "HEAD", "PUT", "POST", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"] as const;

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Absent and null are the same to Kubernetes; what a reader is told is that the field is missing. */
function must(what: string) {
  return { error: (issue: { input?: unknown }) => (issue.input == null ? "is required" : `must be ${what}`) };
}

const text = z.string(must("a text")).min(1, "must not be empty");

function listOf<T extends z.ZodType>(item: T) {
  return z.array(item, must("a list"));
}

function optionalListOf<T extends z.ZodType>(item: T) {
  return listOf(item)
    .nullish()
    .transform((items) => items ?? []);
}

const weight = z.unknown().transform((value, context) => {
  const parsed = parseQuantity(value);
  if (parsed !== null && parsed >= 0) return parsed;
  context.addIssue({ code: "custom", message: value == null ? "is required" : "must be a number of 0 or more" });
  return z.NEVER;
});

const port = z.unknown().transform((value, context) => {
  const parsed = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof parsed === "number" && Number.isInteger(parsed) && parsed >= 1 && parsed <= 65535) return parsed;
  context.addIssue({ code: "custom", message: "must be a port from 1 to 65535" });
  return z.NEVER;
});

export const SplitBody = z.object({
  service: text,
  backends: listOf(z.object({ service: text, weight }, must("a service and a weight"))),
  matches: optionalListOf(
    z.object(
      { kind: z.literal("HTTPRouteGroup", { error: "must be HTTPRouteGroup" }).nullish(), name: text },
      must("a kind and a name"),
    ),
  ),
});

const identity = {
  kind: text,
  name: text,
  namespace: z.string(must("a text")).nullish(),
};

export const TargetBody = z.object({
  destination: z.object({ ...identity, port: port.nullish() }, must("a kind, a name and a namespace")),
  rules: optionalListOf(
    z.object({ kind: text, name: text, matches: listOf(text).nullish() }, must("a kind and a name")),
  ),
  sources: optionalListOf(z.object(identity, must("a kind, a name and a namespace"))),
});

/** A map, or a list of maps, as one map. A name that comes twice would lose a condition, so it is refused. */
const headers = z.unknown().transform((value, context) => {
  const entries: [string, string][] = [];
  const seen = new Set<string>();
  const maps = value == null ? [] : Array.isArray(value) ? value : [value];
  for (const map of maps) {
    if (!isRecord(map)) {
      context.addIssue({
        code: "custom",
        message: "must be a map of header names to expressions, or a list of such maps",
      });
      return z.NEVER;
    }
    for (const [name, expression] of Object.entries(map)) {
      const fault = headerFault(name, expression, seen);
      if (fault !== null) {
        context.addIssue({ code: "custom", message: fault });
        return z.NEVER;
      }
      seen.add(name.toLowerCase());
      entries.push([name, String(expression)]);
    }
  }
  return Object.fromEntries(entries);
});

function headerFault(name: string, expression: unknown, seen: ReadonlySet<string>): string | null {
  if (!HEADER_NAME.test(name)) return `"${name}" is not a header name`;
  if (typeof expression !== "string") return `${name}: must be an expression, written as a text`;
  if (seen.has(name.toLowerCase())) return `${name}: comes twice; join both expressions into one`;
  return null;
}

const method = z.string(must("a method")).transform((value, context) => {
  const upper = value.toUpperCase();
  if ((METHODS as readonly string[]).includes(upper)) return upper;
  context.addIssue({ code: "custom", message: `must be one of ${METHODS.join(", ")}` });
  return z.NEVER;
});

export const HttpBody = z.object({
  matches: optionalListOf(
    z.object(
      {
        name: text,
        pathRegex: z
          .string(must("a text"))
          .nullish()
          .transform((value) => (value ? value : null)),
        methods: optionalListOf(method),
        headers: headers.optional().transform((map) => map ?? {}),
      },
      must("a match with a name"),
    ),
  ),
});

export const TcpBody = z.object({
  matches: z
    .object({ ports: optionalListOf(port) }, must("a record with ports"))
    .nullish()
    .transform((matches) => matches?.ports ?? []),
});
