/** What GET /v1/calls and /v1/calls/aggregates of the admin API may be asked. */
import { z } from "zod";
import { CallCursorSchema, CallFilterSchema, type Calls } from "@/lib/contract/calls";
import { AppError } from "@/lib/contract/errors";
import type { AdminSources } from "./admin-api";

const CALLS_DEFAULT = 100;
const CALLS_MAX = 1_500;
/** Shorter than what proxies and clients take for a dead connection. */
const LONGEST_WAIT_SECONDS = 30;

const CallsQuerySchema = CallFilterSchema.extend({
  limit: z.coerce.number().int().min(1).max(CALLS_MAX).default(CALLS_DEFAULT),
  /** Only calls after this cursor. */
  after: CallCursorSchema.optional(),
  /** With `after`: waits so long for a call to come, seconds. */
  wait: z.coerce.number().int().min(0).max(LONGEST_WAIT_SECONDS).default(0),
}).strict();

const AggregatesQuerySchema = z.strictObject({ window: z.coerce.number().int().min(10).max(3600).default(300) });

export async function readCalls(query: URLSearchParams, sources: AdminSources, signal: AbortSignal): Promise<Calls> {
  const { limit, after, wait, ...filter } = parsed(CallsQuerySchema, query);
  if (after !== undefined && wait > 0) await sources.waitForCalls(after, wait, signal);
  return sources.calls({ limit, filter, after: after ?? null });
}

/** Seconds. */
export function windowOf(query: URLSearchParams): number {
  return parsed(AggregatesQuerySchema, query).window;
}

function parsed<S extends z.ZodType>(schema: S, query: URLSearchParams): z.output<S> {
  const result = schema.safeParse(Object.fromEntries(query));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const name = issue?.path.join(".") || (issue?.code === "unrecognized_keys" ? issue.keys[0] : "") || "";
  const given = query.get(name);
  throw new AppError(
    "invalid_request",
    `The query parameter ${name} is ${given === null ? "not known here" : `"${given}": ${issue?.message}`}.`,
    { hint: `Use limit (1 to ${CALLS_MAX}), after, wait (0 to ${LONGEST_WAIT_SECONDS} s) and the parts of a filter.` },
  );
}
