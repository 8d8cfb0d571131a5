/** Kubernetes quantities ("500m", "2k", "1Gi", "1e3"), which TrafficSplit v1alpha1 uses for weights. */
const SUFFIX: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const QUANTITY = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i))?$/;

/** The number a quantity stands for, null when it is none. `1000m` is 1. */
export function parseQuantity(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string") return null;
  const parts = QUANTITY.exec(value.trim());
  if (parts === null) return null;
  const [, digits = "", exponent = "", suffix = ""] = parts;
  const base = Number(`${digits}${exponent}`);
  const scale = SUFFIX[suffix] ?? 1;
  // Dividing by the inverse keeps 100m at 0.1 exactly, where multiplying by 0.001 would not.
  const result = scale < 1 ? base / Math.round(1 / scale) : base * scale;
  return Number.isFinite(result) ? result : null;
}

/** A quantity for a number of 0 or more: whole numbers as they are, others in thousandths (or finer when needed). */
export function formatQuantity(value: number): string {
  for (const [suffix, parts] of [
    ["", 1],
    ["m", 1e3],
    ["u", 1e6],
    ["n", 1e9],
  ] as const) {
    const scaled = Math.round(value * parts);
    if (scaled / parts === value && scaled < 1e15) return `${scaled}${suffix}`;
  }
  return String(value);
}
