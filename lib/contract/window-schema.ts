/** Windows of time in a query. */
import { z } from "zod";
import { NO_WINDOW, outOfBounds, RATE_BOUNDS, WINDOW_PATTERN, windowFault } from "./window";

/** A window from `leastSeconds` to `mostSeconds`. */
export function windowSchema(leastSeconds: number, mostSeconds: number) {
  const bounds = { leastSeconds, mostSeconds };
  return z
    .string()
    .regex(WINDOW_PATTERN, { error: NO_WINDOW })
    .refine((text) => windowFault(text, bounds) === null, { error: outOfBounds(bounds) });
}

export const RateWindowSchema = windowSchema(RATE_BOUNDS.leastSeconds, RATE_BOUNDS.mostSeconds);
