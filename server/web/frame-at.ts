/** The frame a question is about: the one of now that all viewers of its window share, or of a past instant. */
import { windowSeconds } from "@/lib/contract/window";
import type { WebContext } from "./context";
import type { Frame } from "./frame";
import { refuseFuture } from "./future";

export interface FrameWish {
  readonly window: string;
  /** Unix milliseconds; now when left out. */
  readonly at?: number | undefined;
}

/** Throws AppError `invalid_request` for the future, and as the metrics store does for a past it does not answer. */
export async function frameAt({ window, at }: FrameWish, context: Pick<WebContext, "frames" | "past">): Promise<Frame> {
  const seconds = windowSeconds(window) ?? 30;
  if (at === undefined) return context.frames.get(seconds);
  refuseFuture(at, Date.now());
  return context.past(seconds, at);
}
