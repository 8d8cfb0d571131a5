/** One line of a container's log: when, how bad, and the text. */

export type Level = "error" | "warning" | "info" | "debug";

export interface LogLine {
  /** Unix milliseconds; null when the line carries no time. */
  readonly at: number | null;
  readonly container: string;
  /** null: it does not say. */
  readonly level: Level | null;
  readonly text: string;
}

/** A line is cut here: nobody reads a megabyte in one line. */
const LONGEST = 4_000;

/** Reads a line as Kubernetes gives it with timestamps: `2026-11-25T10:00:00.123456789Z text`. */
export function parseLogLine(container: string, line: string): LogLine {
  const space = line.indexOf(" ");
  const stamp = space > 0 ? line.slice(0, space) : line;
  const at = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(stamp) ? Date.parse(stamp) : Number.NaN;
  const rest = Number.isNaN(at) ? line : space > 0 ? line.slice(space + 1) : "";
  const text = plain(rest.length > LONGEST ? `${rest.slice(0, LONGEST)} …` : rest);
  return { at: Number.isNaN(at) ? null : at, container, level: levelOf(text), text };
}

/** Colours of a terminal and other control characters say nothing here. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/\x1b\[[0-9;]*[A-Za-z]/g, "").replace(/[\x00-\x08\x0b-\x1f\x7f]/g, "");
}

const WORDS: Readonly<Record<string, Level>> = {
  trace: "debug",
  debug: "debug",
  info: "info",
  notice: "info",
  warn: "warning",
  warning: "warning",
  err: "error",
  error: "error",
  critical: "error",
  fatal: "error",
  panic: "error",
};
const NAMES = Object.keys(WORDS).join("|");
/** Envoy's `[2026-11-25 10:00:00.000][12][warning][config]`, and `[error]`, `ERROR:`, `level=warn` of others. */
const BRACKETED = new RegExp(`^(?:\\[[^\\]]*\\]\\s*){0,3}?\\[(${NAMES})\\]`, "i");
const LEADING = new RegExp(`^(?:[\\d:.TZ/+\\s-]{0,40})(${NAMES})\\b[:\\s|\\]]`, "i");
const KEYED = new RegExp(`\\b(?:level|lvl|severity)=["']?(${NAMES})\\b`, "i");
const JSON_LEVEL = /^\{.*?"(?:level|severity|lvl)"\s*:\s*(?:"(\w+)"|(\d+))/;
/** klog's `E1125 10:00:00`. */
const KLOG = /^([IWEF])\d{4} \d\d:/;
const KLOG_LEVELS: Readonly<Record<string, Level>> = { I: "info", W: "warning", E: "error", F: "error" };

/** How bad a line says it is. Only what stands where a level stands counts: "0 errors" is no error. */
export function levelOf(text: string): Level | null {
  const json = JSON_LEVEL.exec(text);
  if (json) return json[2] === undefined ? wordLevel(json[1]) : numberLevel(Number(json[2]));
  const klog = KLOG.exec(text)?.[1];
  if (klog) return KLOG_LEVELS[klog] ?? null;
  return wordLevel(BRACKETED.exec(text)?.[1] ?? KEYED.exec(text.slice(0, 500))?.[1] ?? LEADING.exec(text)?.[1]);
}

function wordLevel(word: string | undefined): Level | null {
  return word === undefined ? null : (WORDS[word.toLowerCase()] ?? null);
}

/** As pino and bunyan count: 30 info, 40 warning, 50 error. */
function numberLevel(level: number): Level | null {
  if (level >= 50) return "error";
  if (level >= 40) return "warning";
  return level >= 30 ? "info" : "debug";
}
