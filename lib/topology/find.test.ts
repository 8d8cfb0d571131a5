import { describe, expect, it } from "vitest";
import { BOOKSTORE, modelOf } from "@/test/support/bookstore-mesh";
import { encrypted, samplesOf } from "@/test/support/mesh-samples";
import { buildTopology } from "./build";
import { find } from "./find";

const topology = buildTopology({
  model: modelOf(BOOKSTORE),
  objects: BOOKSTORE,
  samples: samplesOf(
    [
      {
        from: "bookbuyer/bookbuyer",
        cluster: "bookstore/bookstore-v1|14001",
        classes: { "2": 19, "5": 1 },
        connections: encrypted(1),
        buckets: { "100": 10, "500": 20, "+Inf": 20 },
      },
      {
        from: "bookbuyer/bookbuyer",
        cluster: "bookstore/bookstore-v2|14001",
        classes: { "2": 5 },
        connections: { openedTotal: 1, failedTotal: 0, handshakesTotal: 0 },
      },
    ],
    [{ from: "bookthief/bookthief", to: "bookstore/bookstore", perSecond: 4 }],
  ),
  at: 0,
  windowSeconds: 30,
  queries: { count: 4, ms: 1 },
  partial: [],
});

/** Names of the services the found edges lead to, with their callers. */
function edges(text: string): readonly string[] {
  const found = find(topology, text);
  if (!found.ok) throw new Error(found.message);
  return [...(found.edges ?? [])].map((id) => id.replace(/[^/>]+\/(deployment|service)\//g, ""));
}

function nodes(text: string): readonly string[] {
  const found = find(topology, text);
  if (!found.ok) throw new Error(found.message);
  return [...(found.nodes ?? [])];
}

describe("find", () => {
  it("seeks nothing in an empty search", () =>
    expect(find(topology, " ")).toEqual({ ok: true, nodes: null, edges: null }));

  it("finds nodes by name and namespace", () => {
    expect(nodes("WAREHOUSE")).toEqual([
      "bookwarehouse/deployment/bookwarehouse",
      "bookwarehouse/service/bookwarehouse",
    ]);
    expect(nodes("ns:bookwarehouse stock")).toEqual([
      "bookwarehouse/deployment/stockdb",
      "bookwarehouse/service/stockdb",
    ]);
  });

  it.each([
    ["errors>1%", ["bookbuyer>bookstore-v1"]],
    ["errors>=5", ["bookbuyer>bookstore-v1"]],
    ["errors>5%", []],
    ["rate>10", ["bookbuyer>bookstore-v1"]],
    ["rate<=5/s rate>0", ["bookbuyer>bookstore-v2"]],
    ["p99>0.4s", ["bookbuyer>bookstore-v1"]],
    ["p99<400ms", []],
    ["denied", ["bookthief>bookstore"]],
    ["mtls:no", ["bookbuyer>bookstore-v2"]],
    ["idle stockdb", ["bookwarehouse>stockdb"]],
    ["denied bookbuyer", []],
  ])("finds edges by %s", (text, expected) => expect(edges(text)).toEqual(expected));

  it("finds the ends of the edges it finds", () => {
    expect(nodes("denied")).toEqual(["bookthief/deployment/bookthief", "bookstore/service/bookstore"]);
  });

  it.each([
    ["erors>1%", '"erors" in "erors>1%" cannot be compared: use errors, rate, denied, p50, p95, p99.'],
    ["errors>many", '"errors>many" needs a number behind >, for example errors>1%.'],
    ["p99>5%", '"p99>5%" needs a number behind >, for example p99>200ms.'],
    ["mtls:perhaps", '"mtls:perhaps" is no condition: write ns:NAMESPACE, mtls:yes or mtls:no.'],
    ["ns:", '"ns:" is no condition: write ns:NAMESPACE, mtls:yes or mtls:no.'],
  ])("says what is wrong with %s", (text, message) => expect(find(topology, text)).toEqual({ ok: false, message }));
});
