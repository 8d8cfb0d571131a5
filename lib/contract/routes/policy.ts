/** Splits, access and the SMI objects behind them. */
import { z } from "zod";
import { AccessSchema, ExplanationSchema } from "../access";
import { instant, KEY, NAME, type Route, window } from "../route";
import { SmiDeletedSchema, SmiListSchema, SmiPluralSchema, SmiWriteSchema, SmiWrittenSchema } from "../smi";
import { SplitsSchema } from "../splits";
import { WhatIfResultSchema, WhatIfSchema } from "../what-if";

const plural = z.object({ plural: SmiPluralSchema });
const smiObject = z.object({ plural: SmiPluralSchema, namespace: NAME, name: NAME });
const flag = z.enum(["true", "false"]).default("false");

export const POLICY_ROUTES = {
  splits: {
    method: "GET",
    path: "/api/splits",
    limited: "filtered",
    summary: "Every TrafficSplit with asked and observed shares",
    query: z.strictObject({ window: window("60s"), at: instant }),
    answer: SplitsSchema,
  },
  access: {
    method: "GET",
    path: "/api/access",
    limited: "filtered",
    summary: "Who may call whom, and who does",
    query: z.strictObject({ window: window("60s"), at: instant }),
    answer: AccessSchema,
  },
  explain: {
    method: "GET",
    path: "/api/access/explain",
    limited: "filtered",
    summary: "Why one call is let through or refused",
    query: z.strictObject({
      /** Identity key. */
      source: KEY,
      /** Service key. */
      destination: KEY,
      method: z
        .string()
        .regex(/^[A-Z]{1,20}$/, { error: "must be an HTTP method in capitals" })
        .optional(),
      path: z.string().startsWith("/", { error: "must begin with a slash" }).max(2000).optional(),
    }),
    answer: ExplanationSchema,
  },
  whatIf: {
    method: "POST",
    path: "/api/what-if",
    limited: "filtered",
    summary: "What a change would do to the calls of the last minute",
    body: WhatIfSchema,
    answer: WhatIfResultSchema,
  },
  smiList: {
    method: "GET",
    path: "/api/smi/{plural}",
    limited: "filtered",
    summary: "Every object of one SMI kind, in the version it is stored in",
    params: plural,
    query: z.strictObject({}),
    answer: SmiListSchema,
  },
  smiCreate: {
    method: "POST",
    path: "/api/smi/{plural}",
    limited: "filtered",
    summary: "Create an SMI object",
    params: plural,
    query: z.strictObject({ dryRun: flag }),
    body: SmiWriteSchema,
    status: 201,
    answer: SmiWrittenSchema,
  },
  smiGet: {
    method: "GET",
    path: "/api/smi/{plural}/{namespace}/{name}",
    limited: "filtered",
    summary: "One SMI object, in the version it is stored in",
    params: smiObject,
    query: z.strictObject({}),
    answer: SmiWrittenSchema,
  },
  smiReplace: {
    method: "PUT",
    path: "/api/smi/{plural}/{namespace}/{name}",
    limited: "filtered",
    summary: "Replace an SMI object as it was when it was edited; 409 with the live one when it was changed meanwhile",
    params: smiObject,
    query: z.strictObject({ dryRun: flag }),
    body: SmiWriteSchema,
    answer: SmiWrittenSchema,
  },
  smiDelete: {
    method: "DELETE",
    path: "/api/smi/{plural}/{namespace}/{name}",
    limited: "filtered",
    summary: "Delete an SMI object as it was when it was looked at",
    params: smiObject,
    query: z.strictObject({
      resourceVersion: z.string().regex(/^\d{1,20}$/, { error: "must be the object's resourceVersion" }),
      dryRun: flag,
    }),
    answer: SmiDeletedSchema,
  },
} as const satisfies Readonly<Record<string, Route>>;
