import { describe, expect, it } from "vitest";
import { markArrival } from "../arrival";
import { readSettings } from "../settings";
import { clientAddress } from "./client-address";

const read = (trusted: string) => readSettings({ MESHDECK_TRUSTED_PROXIES: trusted }).proxies;

/** Whose an attempt is that came over a connection from `peer`, with x-forwarded-for. */
function whose(peer: string, forwarded: string | null, trusted = "10.0.0.7, fd00::/8"): string {
  const headers: Record<string, string> = forwarded === null ? {} : { "x-forwarded-for": forwarded };
  markArrival({ headers, socket: { remoteAddress: peer, localAddress: "10.0.0.1" } });
  return clientAddress(new Headers(headers), read(trusted));
}

describe("whose an attempt is", () => {
  it.each([
    ["a client says what it likes", "192.0.2.1", "198.51.100.9", "192.0.2.1"],
    ["a proxy nobody named", "10.0.0.8", "198.51.100.9", "10.0.0.8"],
    ["a named proxy", "10.0.0.7", "203.0.113.5, 198.51.100.9", "198.51.100.9"],
    ["a named proxy behind IPv6 around IPv4", "::ffff:10.0.0.7", "198.51.100.9", "198.51.100.9"],
    ["two named proxies", "fd00::1", "203.0.113.5, 198.51.100.9, 10.0.0.7", "198.51.100.9"],
    ["a proxy on this machine", "127.0.0.1", "198.51.100.9", "198.51.100.9"],
    ["this machine itself", "::1", null, "::1"],
    ["this machine, as Next writes it", "127.0.0.1", "::ffff:127.0.0.1", "127.0.0.1"],
    ["a proxy that writes ports", "10.0.0.7", "198.51.100.9:53211", "198.51.100.9"],
    ["a proxy that writes ports and brackets", "10.0.0.7", "[2001:db8::9]:53211", "2001:db8::9"],
    ["a proxy that hides whom it forwards", "10.0.0.7", "_hidden", "_hidden"],
    ["a named proxy that says nothing", "10.0.0.7", " , ", "10.0.0.7"],
    ["a zone", "fe80::1%eth0", null, "fe80::1"],
  ])("%s: from %s, forwarded for %j: %s", (_, peer, forwarded, expected) => {
    expect(whose(peer, forwarded)).toBe(expected);
  });

  it("is nobody's that could be told where nothing marked the request", () => {
    expect(clientAddress(new Headers({ "x-forwarded-for": "198.51.100.9" }), read(""))).toBe("unknown");
  });
});

describe("MESHDECK_TRUSTED_PROXIES", () => {
  it.each(["ingress", "10.0.0.0/33", "10.0.0.7/", "fd00::/129", "10.0.0.7/8/8", "10.0.0.7 10.0.0.8"])(
    "cannot be %j",
    (text) => {
      expect(() => read(text)).toThrow("must be addresses or ranges");
    },
  );

  it("names nobody unless it is set", () => {
    expect(whose("10.0.0.7", "198.51.100.9", "")).toBe("10.0.0.7");
  });
});
