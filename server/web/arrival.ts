/**
 * Which way a request came: from this machine, or over a network. Its socket says so; what headers say anybody can write. Handlers of Next get
 * headers and no socket, so what the socket said is put there, under a proof that no client knows.
 */
import { randomUUID } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { BlockList, isIPv6 } from "node:net";

const HEADER = "x-meshdeck-from-this-machine";
const HELD = Symbol.for("meshdeck.web.arrival");

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

interface Ends {
  readonly localAddress?: string | undefined;
  readonly remoteAddress?: string | undefined;
}

/** Held on globalThis: Next loads this module more than once. */
function proof(): string {
  const place = globalThis as { [HELD]?: string };
  place[HELD] ??= randomUUID();
  return place[HELD];
}

/** From now on every request this process gets is marked with the way it came. */
export function markArrivals(): void {
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { readonly request: IncomingMessage };
    delete request.headers[HEADER];
    if (isFromThisMachine(request.socket)) Object.assign(request.headers, markOfThisMachine());
  });
}

/** Addresses are undefined once a socket is closed. */
export function isFromThisMachine({ localAddress, remoteAddress }: Ends): boolean {
  return [localAddress, remoteAddress].every((address) => address !== undefined && isLoopback(address));
}

/** The headers of a request from this machine. */
export function markOfThisMachine(): Readonly<Record<string, string>> {
  return { [HEADER]: proof() };
}

/** false as well for what nothing marked. */
export function cameFromThisMachine(headers: Pick<Headers, "get">): boolean {
  return headers.get(HEADER) === proof();
}

/** An IPv4 address behind `::ffff:` counts as what it is. */
function isLoopback(address: string): boolean {
  return LOOPBACK.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}
