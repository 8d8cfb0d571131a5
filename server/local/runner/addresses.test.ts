import { describe, expect, it } from "vitest";
import { AddressPool, loopbackOf, networkCandidates } from "./addresses";

describe("addresses", () => {
  it("gives every pod an address and a loopback of its own", () => {
    const pool = new AddressPool(42);
    const taken = Array.from({ length: 600 }, () => pool.take() ?? "");
    expect(taken.slice(0, 2)).toEqual(["127.42.1.1", "127.42.1.2"]);
    expect(taken[254]).toBe("127.42.2.1");
    expect(new Set(taken).size).toBe(600);
    expect(loopbackOf("127.42.1.2")).toBe("127.142.1.2");
  });

  it("does not use a freed address again at once, and keeps those of an earlier start", () => {
    const pool = new AddressPool(42);
    expect(pool.claim("127.42.1.7")).toBe(true);
    expect(pool.claim("127.42.1.7")).toBe(false);
    expect(pool.claim("127.43.1.8")).toBe(false);
    expect(pool.claim("127.42.0.1")).toBe(false);
    const first = pool.take() ?? "";
    pool.release(first);
    expect([first, pool.take()]).toEqual(["127.42.1.8", "127.42.1.9"]);
  });

  it("tries every network once, from the same one for the same folder", () => {
    const tried = networkCandidates(12345);
    expect(new Set(tried).size).toBe(90);
    expect(Math.min(...tried)).toBe(10);
    expect(Math.max(...tried)).toBe(99);
    expect(tried).toEqual(networkCandidates(12345));
  });
});
