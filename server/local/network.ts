/** The addresses and ports of one data folder on this machine: claimed at the start, held until the end. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { AppError } from "@/lib/contract/errors";
import { atomicWrite } from "@/server/platform/atomic-write";
import { hostAddress, networkCandidates } from "./runner/addresses";

export interface LocalNetwork {
  /** The number A of addresses 127.A.b.c. */
  readonly number: number;
  /** 127.A.0.1: where local mode's own servers listen. */
  readonly host: string;
  readonly ports: ServerPorts;
  release(): Promise<void>;
}

/** The same for every start, so that what restarts is found again and what Secrets say of it stays true. */
export interface ServerPorts {
  readonly api: number;
  readonly ads: number;
  readonly webhook: number;
  readonly http: number;
  readonly admin: number;
  readonly metrics: number;
}

const GUARD_PORT = 18_440;
/** Another program may listen on one of these on every address: then the next hundred is tried. */
const FIRST_PORTS = [18_440, 18_540, 18_640, 18_740];

/**
 * Takes the range this data folder had before, also when the folder was moved, else one by its path. Throws an AppError
 * when this machine has no such addresses or all are taken.
 */
export async function claimNetwork(dataFolder: string): Promise<LocalNetwork> {
  const memory = join(dataFolder, "network");
  for (const number of candidates(dataFolder, memory)) {
    const guard = await hold(hostAddress(number), GUARD_PORT);
    if (!guard) continue;
    const host = hostAddress(number);
    await atomicWrite(memory, `${number}\n`);
    return { number, host, ports: await choosePorts(host), release: () => close(guard) };
  }
  throw new AppError("invalid_request", "Every address range of local mode is in use by another Meshdeck.", {
    hint: "Stop one of them.",
  });
}

function candidates(dataFolder: string, memory: string): number[] {
  const byPath = networkCandidates(createHash("sha256").update(dataFolder).digest().readUInt32BE(0));
  const before = readNumber(memory);
  return byPath.includes(before) ? [before, ...byPath.filter((number) => number !== before)] : byPath;
}

function readNumber(path: string): number {
  try {
    return Number(readFileSync(path, "utf8"));
  } catch {
    // The first start.
    return Number.NaN;
  }
}

/** Whether the dashboard could listen there. Throws an AppError that names the flag to change. */
export async function checkDashboardPort(host: string, port: number): Promise<void> {
  try {
    await close(await listenOn(host, port));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const [why, hint] =
      code === "EADDRINUSE"
        ? ["the port is in use", "Stop what uses it or give another with --port."]
        : code === "EACCES"
          ? ["this user may not use the port", "Give one above 1023 with --port."]
          : [`this machine has no such address (${code})`, "Give one of its own with --host."];
    throw new AppError("invalid_request", `The dashboard cannot listen on ${host}:${port}: ${why}.`, {
      hint,
      cause: error,
    });
  }
}

async function choosePorts(host: string): Promise<ServerPorts> {
  for (const base of FIRST_PORTS) {
    const ports = {
      api: base + 3,
      ads: base + 4,
      webhook: base + 5,
      http: base + 6,
      admin: base + 7,
      metrics: base + 8,
    };
    const free = await Promise.all(Object.values(ports).map((port) => isFree(host, port)));
    if (free.every(Boolean)) return ports;
  }
  throw new AppError("invalid_request", `No ports are free for local mode on ${host}.`, {
    hint: `Stop what listens on ${FIRST_PORTS.map((base) => `${base + 3} to ${base + 8}`).join(", ")}.`,
  });
}

async function isFree(host: string, port: number): Promise<boolean> {
  const server = await hold(host, port);
  if (server) await close(server);
  return server !== null;
}

async function hold(host: string, port: number): Promise<Server | null> {
  try {
    return await listenOn(host, port);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") return null;
    throw new AppError(
      "invalid_request",
      `Local mode needs loopback addresses such as ${host}, and this machine refuses it (${code}).`,
      {
        hint: `On macOS add each one, for example \`sudo ifconfig lo0 alias ${host}\`; on Linux they are there by default.`,
        cause: error,
      },
    );
  }
}

function listenOn(host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.unref();
      resolve(server);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
