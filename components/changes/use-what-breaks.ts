"use client";
import { useEffect } from "react";
import type { ApiError } from "@/components/data/api-error";
import { useWhatIf } from "@/components/data/use-what-if";
import type { WhatIfChange, WhatIfResult } from "@/lib/contract/what-if";

export interface Forecast {
  readonly result: WhatIfResult | null;
  readonly error: ApiError | null;
}

const SETTLE_MS = 200;

/** What a draft would do to the calls of the last minute: asked again a moment after the draft stops changing. */
export function useWhatBreaks(change: WhatIfChange | null): Forecast {
  const { mutate, data, error } = useWhatIf();
  const text = change ? JSON.stringify(change) : null;
  useEffect(() => {
    if (text === null) return;
    const timer = setTimeout(() => mutate(JSON.parse(text) as WhatIfChange), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text, mutate]);
  return { result: text === null ? null : (data ?? null), error: text === null ? null : error };
}
