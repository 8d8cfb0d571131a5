"use client";
import type { ApiError } from "@/components/data/api-error";
import { useHeld } from "@/components/data/stream-provider";
import { StaleBanner } from "@/components/ui/stale-banner";
import { useNow } from "@/components/ui/use-now";
import { useInstant } from "./scope";

interface StaleStripProps {
  /** Unix milliseconds the figures are for. */
  at: number;
  error: ApiError | null;
  /** Figures older than this are said to be; infinite where nothing new may come for long. */
  freshMs?: number;
  onRetry: () => void;
}

/** A live page renews its figures every few seconds. */
const FRESH_MS = 20_000;

/** How old the figures are, once they are older than they should be or the last try for newer ones failed. */
export function StaleStrip({ at, error, freshMs = FRESH_MS, onRetry }: StaleStripProps) {
  const now = useNow();
  const past = useInstant() !== null;
  const held = useHeld();
  if (error === null && (past || held || now - at <= freshMs)) return null;
  return (
    <StaleBanner at={at} message={error?.message ?? "Nothing newer has come."} hint={error?.hint} onRetry={onRetry} />
  );
}
