import { once } from "node:events";
import { createServer, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cameFromThisMachine, isFromThisMachine, markArrival, markOfThisMachine, peerOf } from "./arrival";

describe("isFromThisMachine", () => {
  it.each([
    ["127.0.0.1", "127.0.0.1", true],
    ["127.20.1.1", "127.0.0.1", true],
    ["::1", "::1", true],
    ["::ffff:127.0.0.1", "::ffff:127.0.0.1", true],
    ["10.0.0.7", "10.0.0.9", false],
    ["10.0.0.7", "10.0.0.7", false],
    ["::ffff:10.0.0.7", "::ffff:10.0.0.9", false],
    ["fd00::7", "fd00::9", false],
    ["127.0.0.1", "10.0.0.9", false],
    [undefined, undefined, false],
  ])("at %s from %s: %s", (localAddress, remoteAddress, expected) => {
    expect(isFromThisMachine({ localAddress, remoteAddress })).toBe(expected);
  });
});

describe("a request", () => {
  const seen: IncomingMessage["headers"][] = [];
  const server = createServer((request, response) => {
    markArrival(request);
    seen.push(request.headers);
    response.end();
  });
  beforeAll(async () => {
    await once(server.listen(0, "127.0.0.1"), "listening");
  });
  afterAll(() => server.close());

  const headersOf = (headers: IncomingMessage["headers"] | undefined) => new Headers(headers as Record<string, string>);
  const came = (headers: IncomingMessage["headers"] | undefined) => cameFromThisMachine(headersOf(headers));

  it("is marked by its socket, whatever it says of itself", async () => {
    const [[name = ""] = []] = Object.entries(markOfThisMachine());
    const { port } = server.address() as AddressInfo;
    await once(get({ port, host: "127.0.0.1", headers: { host: "mesh.example", [name]: "no" } }), "response");
    expect([came(seen.at(-1)), peerOf(headersOf(seen.at(-1)))]).toEqual([true, "127.0.0.1"]);
  });

  it("that nothing marked counts as one of the network", () => {
    const [[name = ""] = []] = Object.entries(markOfThisMachine());
    expect(came({ host: "localhost" })).toBe(false);
    expect(came({ host: "localhost", [name]: "true" })).toBe(false);
    expect(peerOf(headersOf({ [name]: "no here 10.0.0.7" }))).toBeNull();
  });
});
