import { AppError } from "@/lib/contract/errors";
import type { ScannedSource } from "@/lib/metrics/scan";
import { createEmbeddedSource } from "@/server/metrics/embedded/source";
import { createPrometheusSource } from "@/server/metrics/prometheus";
import type { WebSettings } from "./settings";

/** Frames wait less: what comes later is in the next one. */
const TIMEOUT_MS = 10_000;
/** An hour of a large mesh is tens of millions of numbers, and whoever asks for it waits for just that. */
const SCAN_TIMEOUT_MS = 60_000;

export const NO_METRICS = {
  message: "No metrics store is configured.",
  hint: "Set MESHDECK_METRICS_URL to the address of a Prometheus.",
} as const;

/** Where metrics are read from. Without an address every question is answered with how to give one. */
export function metricsSource(settings: WebSettings["metrics"]): ScannedSource {
  if (settings === null) {
    const away = () => Promise.reject(new AppError("not_configured", NO_METRICS.message, { hint: NO_METRICS.hint }));
    return { instant: away, range: away, scan: away };
  }
  const { url, kind, access } = settings;
  return kind === "embedded"
    ? createEmbeddedSource({ url, timeoutMs: TIMEOUT_MS })
    : createPrometheusSource({ url, timeoutMs: TIMEOUT_MS, scanTimeoutMs: SCAN_TIMEOUT_MS, access });
}
