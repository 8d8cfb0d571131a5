import { expect, test } from "vitest";
import { bookstoreTopology } from "@/test/fixtures/topology";
import { canonicalJson } from "./canonical";
import { cardSvg } from "./card-svg";
import { graphPicture, graphSummary } from "./graph-picture";
import { serviceCard } from "./service-card";

const topology = bookstoreTopology(0);
const panel = (values: (number | null)[]) => ({
  at: 0,
  stepSeconds: 8,
  series: [{ label: "requests", unit: "per-second" as const, values }],
  total: 1,
  error: null,
});

test("a service's card says what its callers see, and is the one that was reviewed", async () => {
  const card = serviceCard("bookstore/bookstore-v1", topology, {
    requests: panel([1, 2, null, 4]),
    latency: panel([80, 90.5, null]),
  });
  expect(card).toMatchObject({ known: true, p99Ms: 90.5, course: [1, 2, null, 4] });
  const svg = cardSvg({ card, note: "2026-11-26 00:00:00 UTC", width: 480, height: 240, theme: "dark" });
  await expect(svg).toMatchFileSnapshot("../../test/golden/charts/card.svg");
});

test("the card of a split's root counts what was sent to its backends", () => {
  const none = { requests: undefined, latency: undefined };
  const [root, v1, v2] = ["bookstore", "bookstore-v1", "bookstore-v2"].map((name) =>
    serviceCard(`bookstore/${name}`, topology, none),
  );
  expect(v1?.requestsPerSecond).toBeGreaterThan(0);
  expect(root?.requestsPerSecond).toBeCloseTo((v1?.requestsPerSecond ?? 0) + (v2?.requestsPerSecond ?? 0));
  expect(root?.errorRatio).not.toBeNull();
});

test("a service that is gone is said to be, and unknown figures are dashes", () => {
  const away = {
    ...topology,
    nodes: [],
    edges: [],
    partial: [{ part: "metrics" as const, message: "m", hint: "", lastGoodAt: null }],
  };
  const card = serviceCard("bookstore/gone", away, { requests: undefined, latency: undefined });
  expect(card).toMatchObject({ known: false, requestsPerSecond: null, deniedPerSecond: null, p99Ms: null });
  expect(cardSvg({ card, note: "", width: 300, height: 200, theme: "light" })).toContain(
    "There is no such service now",
  );
});

test("the graph of some namespaces has what reaches into them and nothing else", () => {
  const all = graphPicture(topology, []);
  const some = graphPicture(topology, ["bookwarehouse"]);
  expect(some.nodes.length).toBeLessThan(all.nodes.length);
  expect(some.nodes.some(({ namespace }) => namespace === "bookthief")).toBe(false);
  for (const { from, to } of some.edges) {
    for (const end of [from, to]) expect(some.nodes.some(({ id }) => id === end)).toBe(true);
  }
  expect(graphSummary(all)).toMatch(/^\d+ nodes, \d+ calls: \d+ failing, \d+ denied$/);
});

test("canonical JSON does not depend on the order of fields", () => {
  expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
});
