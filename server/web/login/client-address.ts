/**
 * Whose attempt to sign in it was. x-forwarded-for is anybody's to write, so it counts only as far as proxies wrote it that the
 * operator named, or that stand on this machine.
 */
import { BlockList, isIP, isIPv6 } from "node:net";
import { isLoopback, peerOf } from "../arrival";

const MOST_CHARACTERS = 64;

/** The nearest address on the way here that is no such proxy; behind nothing but those, the farthest. */
export function clientAddress(headers: Pick<Headers, "get">, proxies: BlockList): string {
  const peer = peerOf(headers);
  if (peer === null) return "unknown";
  const said = (headers.get("x-forwarded-for") ?? "").split(",");
  const way = [...said, peer].map(bare).filter((address) => address !== "");
  return way.findLast((address) => !isProxy(address, proxies)) ?? way[0] ?? "unknown";
}

/** `10.0.0.7`, `10.1.0.0/16`, `fd00::/8`; null when one of them is none. */
export function proxiesOf(listed: readonly string[]): BlockList | null {
  const proxies = new BlockList();
  for (const text of listed) {
    const [, address = "", prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
    const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
    const bits = prefix === undefined ? most : Number(prefix);
    if (bits > most || bits < 0) return null;
    proxies.addSubnet(address, bits, isIPv6(address) ? "ipv6" : "ipv4");
  }
  return proxies;
}

function isProxy(address: string, proxies: BlockList): boolean {
  if (isIP(address) === 0) return false;
  return isLoopback(address) || proxies.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}

/** Without a port, brackets, a zone, or IPv6 around IPv4: some proxies write them, and a new port is no new client. */
function bare(text: string): string {
  const said = text.trim().slice(0, MOST_CHARACTERS);
  const [, bracketed, v4] = /^\[([^\]]*)\](?::\d+)?$|^([\d.]+):\d+$/.exec(said) ?? [];
  return (bracketed ?? v4 ?? said).replace(/%.*$/, "").replace(/^::ffff:(?=[\d.]+$)/i, "");
}
