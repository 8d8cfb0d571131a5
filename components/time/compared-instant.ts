"use client";
import { useUrlState } from "@/components/shell/url-state";

/** The instant (unix milliseconds) of `?compare=` the page is held against; null for none. */
export function useComparedInstant(): number | null {
  const asked = useUrlState().get("compare");
  return asked !== null && /^[1-9]\d{0,15}$/.test(asked) ? Number(asked) : null;
}
