/** GET /api/health: the dashboard and what it leans on, by name. */
import { readFile } from "node:fs/promises";
import { type Health, type HealthPart, StatusFileSchema } from "@/lib/contract/health";
import type { Partial } from "@/lib/contract/topology";

export interface HealthFacts {
  /** Unix milliseconds. */
  readonly at: number;
  readonly startedAt: number;
  readonly version: string;
  readonly meshName: string;
  readonly statusFile: string | null;
  /** What sources said of themselves last. */
  readonly partial: readonly Partial[];
}

const SOURCES = ["kubernetes", "metrics", "controller"] as const;

export async function healthOf(facts: HealthFacts): Promise<Health> {
  const supervised = await supervisedParts(facts.statusFile);
  const own = supervised.find((part) => part.name === "dashboard");
  const dashboard: HealthPart = {
    name: "dashboard",
    state: "ok",
    message: "",
    since: facts.startedAt,
    restarts: own?.restarts ?? null,
  };
  const sources = SOURCES.map((name) =>
    together(
      sourcePart(name, facts.partial),
      supervised.find((part) => part.name === name),
    ),
  );
  const named = new Set(["dashboard", ...SOURCES] as string[]);
  const parts = [dashboard, ...sources, ...supervised.filter((part) => !named.has(part.name))];
  return { at: facts.at, status: statusOf(parts), version: facts.version, meshName: facts.meshName, parts };
}

/**
 * What anybody may know: how the dashboard and its sources are. Parts of local mode are named after pods, and what the
 * server's own rights leave out names namespaces.
 */
export function publicHealth({ parts, ...about }: Health): Health {
  const shown = parts
    .filter(({ name }) => name === "dashboard" || (SOURCES as readonly string[]).includes(name))
    .map((part) => (part.state === "limited" ? { ...part, message: "" } : part));
  return { ...about, parts: shown, status: statusOf(shown) };
}

/** Without Kubernetes there is nothing to show; anything else leaves a part of it. What nobody asked for is not missed. */
function statusOf(parts: readonly HealthPart[]): Health["status"] {
  if (parts.some(({ name, state }) => name === "kubernetes" && state === "down")) return "down";
  return parts.every(({ state }) => state === "ok" || state === "absent") ? "ok" : "degraded";
}

const STATE_BY_REASON: Readonly<Record<NonNullable<Partial["reason"]>, HealthPart["state"]>> = {
  away: "down",
  slow: "down",
  budget: "down",
  forbidden: "limited",
  unset: "absent",
};

function sourcePart(name: (typeof SOURCES)[number], partial: readonly Partial[]): HealthPart {
  const said = partial.find((one) => one.part === name);
  const isForbidden = said?.reason === "forbidden";
  // What to do about missing rights is a whole role: it is told where it is asked for.
  const hint = isForbidden ? "" : (said?.hint ?? "");
  return {
    name,
    state: said ? STATE_BY_REASON[said.reason ?? "away"] : "ok",
    message: said ? `${said.message} ${hint}`.trim() : "",
    since: said?.lastGoodAt ?? null,
    restarts: null,
  };
}

/** What a supervisor says of a process is more exact than that it did not answer; but a process that runs may be stuck. */
function together(source: HealthPart, process: HealthPart | undefined): HealthPart {
  if (process === undefined) return source;
  if (process.state !== "ok" || source.state === "ok") return process;
  return { ...source, state: "degraded", restarts: process.restarts };
}

const STATES: Readonly<Record<string, HealthPart["state"]>> = {
  running: "ok",
  starting: "starting",
  restarting: "down",
  failed: "down",
  stopped: "down",
};

async function supervisedParts(path: string | null): Promise<HealthPart[]> {
  if (path === null) return [];
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => error);
  if (text instanceof Error) return [unknown(`${path} cannot be read (${text.code ?? text.message}).`)];
  const read = StatusFileSchema.safeParse(parse(text));
  if (!read.success) return [unknown(`${path} does not hold what it should.`)];
  return read.data.parts.map(({ name, state, since, restarts, message }) => ({
    name,
    state: STATES[state] ?? "degraded",
    message: message ?? "",
    since: instant(since),
    restarts: restarts ?? null,
  }));
}

/** Nobody knows how the processes beside the dashboard are: that is told, not passed over. */
function unknown(why: string): HealthPart {
  const message = `What runs beside the dashboard is not known: ${why} It is read again every second.`;
  return { name: "supervisor", state: "degraded", message, since: null, restarts: null };
}

function instant(since: string | number | null | undefined): number | null {
  const at = since == null ? Number.NaN : new Date(since).getTime();
  return Number.isNaN(at) ? null : at;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
