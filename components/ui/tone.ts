/** The meanings colour may have. Always shown with a second sign: see StatusMark. */
export type Tone = "neutral" | "accent" | "ok" | "warn" | "fail" | "denied" | "idle" | "secure";

/** Text colour of a tone. */
export const TONE_TEXT: Readonly<Record<Tone, string>> = {
  neutral: "text-ink-2",
  accent: "text-accent",
  ok: "text-ok",
  warn: "text-warn",
  fail: "text-fail",
  denied: "text-denied",
  idle: "text-idle",
  secure: "text-secure",
};

/** A quiet ground in a tone, for tags and banners. */
export const TONE_SOFT: Readonly<Record<Tone, string>> = {
  neutral: "bg-raised",
  accent: "bg-accent/8",
  ok: "bg-ok/8",
  warn: "bg-warn/8",
  fail: "bg-fail/8",
  denied: "bg-denied/8",
  idle: "bg-idle/8",
  secure: "bg-secure/8",
};
