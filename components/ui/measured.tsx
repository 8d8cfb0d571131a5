"use client";
import { createContext, useContext } from "react";

/** Whether calls were measured at all where this stands: false while the metrics store has not answered yet. */
const Measured = createContext(true);

export const MeasuredProvider = Measured.Provider;

export function useMeasured(): boolean {
  return useContext(Measured);
}

/** Stands where calls would be: there were none, or nobody knows. */
export function NoCalls() {
  const measured = useMeasured();
  return (
    <p className="px-3 py-4 text-ink-3 text-sm">
      {measured ? "No calls in this window." : "Not known: calls could not be measured."}
    </p>
  );
}
