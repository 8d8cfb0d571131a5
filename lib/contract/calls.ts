/**
 * Calls as sidecars told them: every refused or failed one and a sample of the rest. The controller keeps them (GET
 * /v1/calls, /v1/calls/aggregates), the dashboard adds why each was let in or refused (`/api/calls`, `/api/calls/stream`).
 */
import { z } from "zod";
import { PartialSchema } from "./topology";

export const CallSchema = z.object({
  /** Unique as long as the controller runs; later calls have later ones (`CallCursor`). */
  id: z.string(),
  /** Unix milliseconds. */
  at: z.number(),
  /** Whose sidecar told it. */
  side: z.enum(["client", "server"]),
  pod: z.string().nullable(),
  workload: z.string().nullable(),
  /** Identity keys. */
  sourceIdentity: z.string().nullable(),
  destinationIdentity: z.string().nullable(),
  /** Node id. */
  sourceWorkload: z.string().nullable(),
  /** Service key. */
  destinationService: z.string().nullable(),
  protocol: z.enum(["http", "tcp"]),
  method: z.string().nullable(),
  path: z.string().nullable(),
  status: z.number().nullable(),
  /** Envoy's response code details. */
  details: z.string().nullable(),
  /** Envoy's response flags, for example `UH`. */
  flags: z.array(z.string()),
  durationMs: z.number().nullable(),
  denied: z.boolean(),
  /** The policy that let it in, when known. */
  policy: z.string().nullable(),
});

/** Where a reader of calls stands: `RUN.NUMBER`. Another controller process begins another run. */
export const CallCursorSchema = z
  .string()
  .regex(/^[0-9a-z]{1,20}\.\d{1,16}$/, { error: "must be a cursor of this API" });

const word = z.string().min(1).max(200);
const flag = z.enum(["true", "false"]);

/** Which calls are meant. Every part that is given must hold. */
export const CallFilterSchema = z.object({
  /** Either end: a service key, identity key or node id. */
  about: word.optional(),
  /** A node id, an identity key or a part of one. */
  source: word.optional(),
  /** A service key, an identity key or a part of one. */
  destination: word.optional(),
  method: z
    .string()
    .regex(/^[A-Za-z]{1,20}$/, { error: "must be an HTTP method" })
    .optional(),
  /** A part of the path; `*` stands for anything, and then the whole path is meant. */
  path: z.string().min(1).max(500).optional(),
  /** `404`, or a class: `4xx`. */
  status: z
    .string()
    .regex(/^[1-5](\d\d|xx)$/i, { error: "must be an HTTP status such as 404, or a class such as 5xx" })
    .optional(),
  denied: flag.optional(),
  /** Answered 500 or worse, or not answered; a refusal by policy is none. */
  failed: flag.optional(),
  protocol: z.enum(["http", "tcp"]).optional(),
  /** Anywhere in what is shown of a call. */
  text: word.optional(),
});

/** How many calls that passed stand behind one that is told. */
const sampleOneIn = z.number();

/** GET /v1/calls of the controller. With `after` only later ones. Newest first. */
export const CallsSchema = z.object({
  items: z.array(CallSchema),
  /** To ask for what comes after these. */
  cursor: CallCursorSchema,
  /** Calls after the cursor that was sent which are no longer kept, or were more than `limit`. */
  missed: z.number(),
  sampleOneIn,
});

export const CallAggregateSchema = z.object({
  /** Node id, identity key when the workload is not known, or null for a caller without a certificate. */
  source: z.string().nullable(),
  /** Service key. */
  destination: z.string().nullable(),
  protocol: z.enum(["http", "tcp"]),
  method: z.string().nullable(),
  /** The path with numbers and ids replaced: `/books/{n}`; `…` for what there was no room for. */
  template: z.string().nullable(),
  status: z.number().nullable(),
  policy: z.string().nullable(),
  denied: z.boolean(),
  /** How many were told. */
  told: z.number(),
  /** How many there were: refused and failed calls are all told, the rest is multiplied by the sample. */
  estimated: z.number(),
  meanMs: z.number().nullable(),
  maxMs: z.number().nullable(),
  /** Unix milliseconds. */
  lastAt: z.number(),
});

/** GET /v1/calls/aggregates of the controller. */
export const CallAggregatesSchema = z.object({
  items: z.array(CallAggregateSchema),
  /** What is counted: at most as long as was asked, shorter when the controller is younger. */
  windowSeconds: z.number(),
  sampleOneIn,
});

/** `/api/calls/aggregates`. */
export const CallsSummarySchema = CallAggregatesSchema.extend({ partial: z.array(PartialSchema) });

/** Why a call was let in or refused, by the policy that is in force now. */
export const CallWhySchema = z.object({
  verdict: z.enum(["allowed", "permissive", "refused", "unknown"]),
  sentence: z.string(),
  /** What would allow it; "" when there is nothing to say. */
  hint: z.string(),
  /** What let it in: the TrafficTarget (`namespace/name`) and its route (`group/match`). */
  policies: z.array(z.object({ target: z.string(), route: z.string().nullable() })),
});

export const ToldCallSchema = CallSchema.extend({ why: CallWhySchema });

/** `/api/calls`. Newest first. */
export const CallListSchema = z.object({
  items: z.array(ToldCallSchema),
  /** For the next page, further back; null: there is nothing older. */
  before: z.string().nullable(),
  sampleOneIn: z.number(),
  partial: z.array(PartialSchema),
});

/** Events of `/api/calls/stream`. */
export const CALL_EVENTS = {
  /** What is remembered when the stream begins or the controller came back, newest first. Takes the place of all before. */
  snapshot: CallListSchema.omit({ before: true }),
  /** Later ones, newest first; `missed` were too many for this reader or this controller. */
  calls: z.object({ items: z.array(ToldCallSchema), missed: z.number() }),
  /** The controller went away or came back (empty). */
  partial: z.object({ partial: z.array(PartialSchema) }),
  heartbeat: z.object({ at: z.number() }),
} as const;

export type Call = z.infer<typeof CallSchema>;
export type CallFilter = z.infer<typeof CallFilterSchema>;
export type Calls = z.infer<typeof CallsSchema>;
export type CallAggregate = z.infer<typeof CallAggregateSchema>;
export type CallAggregates = z.infer<typeof CallAggregatesSchema>;
export type CallsSummary = z.infer<typeof CallsSummarySchema>;
export type CallWhy = z.infer<typeof CallWhySchema>;
export type ToldCall = z.infer<typeof ToldCallSchema>;
export type CallList = z.infer<typeof CallListSchema>;
export type CallEvents = { [Name in keyof typeof CALL_EVENTS]: z.infer<(typeof CALL_EVENTS)[Name]> };
