import { describe, expect, it } from "vitest";
import type { CallRecord } from "@/server/xds/types";
import { xdsModel } from "@/test/support/xds-model";
import { CallBook } from "./calls";

const model = xdsModel({
  pods: [
    { key: "shop/buyer-1", address: "10.0.0.1", loopback: "127.0.0.1" },
    {
      key: "shop/store-1",
      address: "10.0.0.2",
      loopback: "127.0.0.1",
      serves: [{ service: "store", port: 80, targetPort: 8080 }],
    },
  ],
  grants: [],
});

function call(changes: Partial<CallRecord> = {}): CallRecord {
  return {
    at: 1,
    side: "client",
    pod: "shop/buyer-1",
    workload: "shop/deployment/buyer",
    sourceIdentity: "shop/buyer",
    destinationIdentity: null,
    sourceWorkload: "shop/deployment/buyer",
    destinationService: "shop/store",
    protocol: "http",
    method: "GET",
    path: "/",
    status: 403,
    details: "direct_response",
    flags: [],
    durationMs: 1,
    denied: true,
    policy: null,
    ...changes,
  };
}

const passed = (at = 1) => call({ at, side: "server", denied: false, status: 200, details: "via_upstream" });

function book(counted: unknown[] = []) {
  return new CallBook({
    model: () => model,
    onDenied: (labels) => counted.push(labels),
    sampleOneIn: 100,
    now: () => 1_000_000,
    run: "r1",
  });
}

const all = { limit: 2_000, filter: {}, after: null };

describe("CallBook", () => {
  it("keeps refused calls when many others pass, newest first, within bounds", () => {
    const counted: unknown[] = [];
    const calls = book(counted);
    calls.add([call({ at: 5 })]);
    calls.add(Array.from({ length: 5000 }, (_, at) => passed(10 + at)));
    const { items, sampleOneIn } = calls.read(all);
    expect(items).toHaveLength(501);
    expect(items[0]?.at).toBe(5009);
    expect(items.at(-1)).toMatchObject({ at: 5, denied: true, id: "r1.1" });
    expect(calls.read({ ...all, limit: 3 }).items).toHaveLength(3);
    expect(sampleOneIn).toBe(100);
    expect(counted).toHaveLength(1);
  });

  it("tells once what both sidecars tell", () => {
    const calls = book();
    const told = [
      passed(),
      call({ denied: false, status: 200, details: "via_upstream" }),
      call({ denied: false, status: 503, details: "via_upstream" }),
      call({ denied: false, status: 200, method: "CONNECT", details: "downstream_remote_disconnect", flags: ["DC"] }),
      call({ denied: false, status: null, protocol: "tcp", method: null, details: null }),
    ];
    calls.add(told);
    expect(calls.read(all).items).toHaveLength(1);
    const unanswered = call({ denied: false, status: 503, details: "no_healthy_upstream", flags: ["UH"] });
    const outside = call({ destinationService: null, denied: false, status: 502, details: "via_upstream" });
    calls.add([unanswered, outside]);
    expect(calls.read(all).items).toHaveLength(3);
  });

  it("goes on from a cursor, says what it could not keep, and knows a cursor of another run", () => {
    const calls = book();
    calls.add([call({ at: 1 })]);
    const { cursor } = calls.read(all);
    expect(calls.read({ ...all, after: cursor })).toMatchObject({ items: [], missed: 0 });
    calls.add([call({ at: 2 }), call({ at: 3 })]);
    const next = calls.read({ ...all, after: cursor });
    expect(next.items.map(({ at }) => at)).toEqual([3, 2]);
    calls.add(Array.from({ length: 600 }, () => passed()));
    expect(calls.read({ ...all, after: next.cursor })).toMatchObject({ missed: 100 });
    expect(calls.read({ ...all, after: next.cursor, limit: 50 })).toMatchObject({ missed: 550 });
    expect(calls.read({ ...all, after: "r0.1" }).items).toHaveLength(503);
    expect(calls.read({ ...all, after: "r0.1" }).missed).toBe(0);
  });

  it("keeps a part of the connections that went well and counts them all", () => {
    const calls = book();
    const connection = call({ side: "server", protocol: "tcp", method: null, path: null, status: null, denied: false });
    calls.add(Array.from({ length: 201 }, () => ({ ...connection, details: null })));
    calls.add([{ ...connection, flags: ["UF"] }]);
    expect(calls.read(all).items).toHaveLength(4);
    expect(calls.aggregates(300).items.reduce((sum, { estimated }) => sum + estimated, 0)).toBe(202);
  });

  it("filters", () => {
    const calls = book();
    calls.add([call(), passed()]);
    expect(calls.read({ ...all, filter: { denied: "true" } }).items).toHaveLength(1);
    expect(calls.read({ ...all, filter: { status: "2xx" } }).items).toHaveLength(1);
  });

  it("waits for the next call, and no longer than asked or wanted", async () => {
    const calls = book();
    const cursor = calls.read(all).cursor;
    const never = new AbortController();
    let came = false;
    const waiting = calls.wait(cursor, 60, never.signal).then(() => {
      came = true;
    });
    await Promise.resolve();
    expect(came).toBe(false);
    calls.add([call()]);
    await waiting;
    await calls.wait(cursor, 60, never.signal);
    const gone = new AbortController();
    const left = calls.wait(calls.read(all).cursor, 60, gone.signal);
    gone.abort();
    await left;
  });
});
