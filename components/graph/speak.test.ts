import { expect, test } from "vitest";
import { edgeLabel, readMetric } from "@/lib/picture/metric";
import { edgeStatus, nodeStatus } from "@/lib/picture/status";
import { bookstoreTopology } from "@/test/fixtures/topology";
import { makePicture } from "./picture";
import { speakEdge, speakNode } from "./speak";

const picture = makePicture(bookstoreTopology(0), { level: "services", scope: null });
const edgeTo = (from: string, to: string) => {
  const found = picture.edges.find((each) => each.from.endsWith(`/${from}`) && each.to.endsWith(`/${to}`));
  if (!found?.edge) throw new Error(`no edge from ${from} to ${to}`);
  return { item: found, edge: found.edge };
};

test("an edge is spoken as a sentence", () => {
  const say = (from: string, to: string) => speakEdge(from, to, edgeTo(from, to).item);
  expect(say("bookbuyer", "bookstore-v1")).toBe(
    "bookbuyer calls bookstore-v1, 12.1 requests a second, all encrypted, none failing",
  );
  expect(say("bookbuyer", "bookstore-v2")).toContain("3.2 % failing");
  expect(say("bookthief", "bookstore")).toBe("bookthief is denied calls to bookstore, 4.7 a second");
});

test("a node says its state and its neighbours", () => {
  const node = picture.nodes.find((each) => each.name === "bookstore-v2");
  expect(node && nodeStatus(node)).toBe("degraded");
  expect(node && speakNode(picture, node)).toBe("bookstore-v2 in bookstore, degraded, 1 caller, 1 callee");
});

test("an edge has one state, and its label the figure that was chosen", () => {
  const { edge } = edgeTo("bookbuyer", "bookstore-v2");
  expect(edgeStatus(edge)).toBe("degraded");
  expect(edgeStatus(edgeTo("bookthief", "bookstore").edge)).toBe("denied");
  expect(edgeStatus({ ...edge, requestsPerSecond: 0, errorRatio: null })).toBe("idle");
  expect(edgeLabel(edge, "rate")).toBe("11.5/s · 49 %");
  expect(edgeLabel(edge, "p99")).toBe("71 ms · 49 %");
  expect(edgeLabel(edge, "share")).toBe("49 %");
  expect(edgeLabel(edge, "none")).toBe("");
  expect(readMetric("nonsense")).toBe("rate");
});
