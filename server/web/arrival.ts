/**
 * Which way a request came: from this machine, or over a network, and from whom. Its socket says so; what headers say anybody can write.
 * Handlers of Next get headers and no socket, so what the socket said is put there, under a proof that no client knows.
 */
import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { BlockList, isIPv6 } from "node:net";

/** `PROOF here|afar PEER` */
const HEADER = "x-meshdeck-arrival";
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

/** Marks a request with the way it came, before anything reads it. */
export function markArrival({ headers, socket }: { headers: IncomingHttpHeaders; socket: Ends }): void {
  headers[HEADER] = `${proof()} ${isFromThisMachine(socket) ? "here" : "afar"} ${socket.remoteAddress ?? ""}`;
}

/** Addresses are undefined once a socket is closed. */
export function isFromThisMachine({ localAddress, remoteAddress }: Ends): boolean {
  return [localAddress, remoteAddress].every((address) => address !== undefined && isLoopback(address));
}

/** The headers of a request from this machine. */
export function markOfThisMachine(): Readonly<Record<string, string>> {
  return { [HEADER]: `${proof()} here 127.0.0.1` };
}

/** false as well for what nothing marked. */
export function cameFromThisMachine(headers: Pick<Headers, "get">): boolean {
  return markOf(headers)?.[1] === "here";
}

/** The address at the other end of the connection: of a proxy, where one is in between. null: nothing marked it. */
export function peerOf(headers: Pick<Headers, "get">): string | null {
  return markOf(headers)?.[2] || null;
}

function markOf(headers: Pick<Headers, "get">): readonly string[] | null {
  const mark = headers.get(HEADER)?.split(" ") ?? [];
  return mark[0] === proof() ? mark : null;
}

/** An IPv4 address behind `::ffff:` counts as what it is. */
export function isLoopback(address: string): boolean {
  return LOOPBACK.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}
