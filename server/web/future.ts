import { AppError } from "@/lib/contract/errors";

/** Clocks of browser and server may differ by as much. */
const CLOCKS_MS = 60_000;

/** Throws AppError `invalid_request` for an instant (unix milliseconds) nobody can have measured yet. */
export function refuseFuture(at: number, now: number): void {
  if (at <= now + CLOCKS_MS) return;
  throw new AppError("invalid_request", `The query parameter "at" is ${at}: it must not be in the future.`, {
    hint: "Give unix milliseconds of now or before, or leave it out for now.",
    details: { fields: [{ field: "at", message: "must not be in the future" }] },
  });
}
