import type { AppError } from "@/lib/contract/errors";
import type { Partial } from "@/lib/contract/topology";

/** What an answer lacks while a source does not answer. `lastGoodAt`: unix milliseconds of its last answer; null if there was none. */
export function sourceAway(part: Partial["part"], error: AppError, lastGoodAt: number | null): Partial {
  return { part, message: error.message, hint: error.hint ?? "", lastGoodAt, reason: reasonOf(error) };
}

export function reasonOf({ code }: Pick<AppError, "code">): "unset" | "away" {
  return code === "not_configured" ? "unset" : "away";
}
