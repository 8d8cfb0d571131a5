/** Ranges a board offers, as they stand in the URL. */
export const RANGES = [
  { value: "15m", label: "15 m" },
  { value: "1h", label: "1 h" },
  { value: "6h", label: "6 h" },
  { value: "24h", label: "24 h" },
] as const;
export type Range = (typeof RANGES)[number]["value"];

/** The range of `?range=`; 15 minutes when it is missing or none of ours. */
export function readRange(asked: string | null): Range {
  return RANGES.find(({ value }) => value === asked)?.value ?? "15m";
}
