"use client";
import { useMeasured } from "./measured";
import type { Status } from "./status-mark";
import { STATUS_WORD } from "./status-word";

/** A state in one or two words. Where nothing was measured, nobody knows that there are no calls. */
export function StateWord({ status }: { status: Status }) {
  const measured = useMeasured();
  return status === "idle" && !measured ? "not measured" : STATUS_WORD[status];
}
