/** GET /api/health: the dashboard and what it leans on, by name, from what is known without asking anybody. */
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
  // What its supervisor says of the controller is more exact than that it could not be asked.
  const names = new Set(supervised.map((part) => part.name));
  const sources = SOURCES.filter((name) => !names.has(name)).map((name) => sourcePart(name, facts.partial));
  const parts = [dashboard, ...sources, ...supervised.filter((part) => part.name !== "dashboard")];
  return {
    at: facts.at,
    status: parts.some((part) => part.state === "down") ? "degraded" : worst(parts),
    version: facts.version,
    meshName: facts.meshName,
    parts,
  };
}

function worst(parts: readonly HealthPart[]): Health["status"] {
  return parts.every((part) => part.state === "ok") ? "ok" : "degraded";
}

function sourcePart(name: (typeof SOURCES)[number], partial: readonly Partial[]): HealthPart {
  const said = partial.find((one) => one.part === name);
  return {
    name,
    state: said ? "down" : "ok",
    message: said ? `${said.message} ${said.hint}`.trim() : "",
    since: said?.lastGoodAt ?? null,
    restarts: null,
  };
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
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch {
    return [];
  }
  const read = StatusFileSchema.safeParse(parse(text));
  if (!read.success) return [];
  return read.data.parts.map(({ name, state, since, restarts, message }) => ({
    name,
    state: STATES[state] ?? "degraded",
    message: message ?? "",
    since: since == null ? null : new Date(since).getTime(),
    restarts: restarts ?? null,
  }));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
