/** What every API answers when it does not succeed. */
import { z } from "zod";
import { ERROR_STATUS, type ErrorCode } from "./errors";

export const ErrorBodySchema = z.object({
  error: z.object({
    code: z.enum(Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]]),
    message: z.string(),
    /** What to do next. */
    hint: z.string().optional(),
    /** Per field: the path (`spec.backends[0].weight`) and what is wrong with it; on conflict the live object. */
    details: z
      .object({
        fields: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
        live: z.unknown().optional(),
        /** Until the same may be asked again; also the header Retry-After. */
        retryAfterSeconds: z.number().int().positive().optional(),
      })
      .optional(),
  }),
});
export type ErrorBody = z.infer<typeof ErrorBodySchema>;
