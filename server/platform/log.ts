import pino from "pino";

/** Structured log: `log.info({event: "xds.nack", proxyId}, "sentence")`. Newline-separated JSON on stderr. */
export type Logger = pino.Logger;

const LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];

/** A logger whose lines carry `name`. The level comes from MESHDECK_LOG_LEVEL; anything unknown means info. */
export function createLogger(name: string): Logger {
  const wanted = process.env.MESHDECK_LOG_LEVEL ?? "info";
  const known = LEVELS.includes(wanted);
  const log = pino({ name, level: known ? wanted : "info" }, pino.destination(2));
  if (!known) log.warn({ event: "log.level", wanted, known: LEVELS }, "unknown MESHDECK_LOG_LEVEL, using info");
  return log;
}
