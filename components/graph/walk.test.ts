import { describe, expect, it } from "vitest";
import { bookstoreTopology, largeTopology } from "@/test/fixtures/topology";
import { makePicture, type Picture } from "./picture";
import { focusPicture } from "./picture-focus";
import { speakEdge, speakNode } from "./speak";
import { busiestNode, jump, stillThere, walk } from "./walk";

const topology = bookstoreTopology(0);
const services = makePicture(topology, { level: "services", scope: null });
const folded = makePicture(topology, { level: "namespaces", scope: null });
const names = (picture: Picture | null) => picture?.nodes.map((node) => node.name);

describe("walking", () => {
  it("goes along folded edges and speaks what is folded", () => {
    expect(busiestNode(folded)).toBe("_/bookbuyer");
    const step = walk(folded, "_/bookbuyer", "right", null);
    expect(step?.node).toBe("_/bookstore");
    const edge = step?.edge;
    expect(edge && speakEdge("bookbuyer", "bookstore", edge)).toMatch(
      /^bookbuyer calls bookstore, 23\.6 requests a second, over \d edges, all encrypted, .* failing$/,
    );
    const bookstore = folded.nodes.find((node) => node.id === "_/bookstore");
    expect(bookstore && speakNode(folded, bookstore)).toBe(
      "bookstore, folded, 3 services and 2 workloads, 1 of 3 degraded, degraded, 2 callers, 1 callee, Enter opens it",
    );
  });

  it("goes to the first and the last among siblings, and nowhere beyond", () => {
    expect(walk(services, "bookstore/service/bookstore-v1", "first", null)?.node).toBe("bookstore/service/bookstore");
    expect(walk(services, "bookstore/service/bookstore", "last", null)?.node).toBe("bookstore/service/bookstore-v2");
    expect(walk(services, "bookstore/service/bookstore-v2", "last", null)).toBeNull();
    expect(walk(services, "bookstore/service/bookstore", "up", null)).toBeNull();
  });

  it("jumps to what is typed, staying where it fits", () => {
    expect(jump(services, null, "bookt")).toBe("bookthief/service/bookthief");
    expect(jump(services, "bookstore/service/bookstore-v1", "books")).toBe("bookstore/service/bookstore-v1");
    expect(jump(services, "bookbuyer/service/bookbuyer", "v2")).toBe("bookstore/service/bookstore-v2");
    expect(jump(services, null, "nothing")).toBeNull();
  });

  it("finds itself again when its namespace is folded or opened", () => {
    expect(stillThere(folded, "bookstore/service/bookstore-v1")).toBe("_/bookstore");
    expect(stillThere(services, "_/bookbuyer")).toBe("bookbuyer/service/bookbuyer");
    expect(stillThere(services, "gone/service/gone")).toBeNull();
  });

  it("does not search the whole graph at each key", () => {
    const large = makePicture(largeTopology(0), { level: "workloads", scope: null });
    let at = busiestNode(large) ?? "";
    walk(large, at, "right", null);
    const start = performance.now();
    for (let press = 0; press < 1000; press += 1) {
      const step = walk(large, at, press % 2 === 0 ? "right" : "down", null) ?? walk(large, at, "left", null);
      at = step?.node ?? at;
    }
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe("focus", () => {
  it("keeps what is so many calls up and down", () => {
    const at = (up: number, down: number) =>
      names(focusPicture(services, { id: "bookstore/service/bookstore-v1", up, down }));
    // The split's root is the same place: those that call it count as callers.
    expect(at(0, 1)).toEqual(["bookstore", "bookstore-v1", "bookwarehouse"]);
    expect(at(0, 2)).toEqual(["bookstore", "bookstore-v1", "bookwarehouse", "stockdb"]);
    expect(at(1, 0)).toEqual(["bookbuyer", "bookstore", "bookstore-v1", "bookthief"]);
    expect(at(0, 0)).toEqual(["bookstore", "bookstore-v1"]);
  });

  it("takes the id of a workload that is folded in, and says when nothing is there", () => {
    expect(names(focusPicture(services, { id: "bookstore/deployment/bookstore-v1", up: 0, down: 1 }))).toEqual([
      "bookstore",
      "bookstore-v1",
      "bookwarehouse",
    ]);
    expect(names(focusPicture(folded, { id: "_/bookstore", up: 0, down: 1 }))).toEqual(["bookstore", "bookwarehouse"]);
    expect(focusPicture(services, { id: "gone/service/gone", up: 1, down: 1 })).toBeNull();
  });

  it("stays on a group that is opened", () => {
    const open = makePicture(topology, { level: "namespaces", scope: null, open: new Set(["bookstore"]) });
    expect(names(focusPicture(open, { id: "_/bookstore", up: 0, down: 1 }))).toEqual([
      "bookwarehouse",
      "bookstore",
      "bookstore-v1",
      "bookstore-v2",
    ]);
  });

  it("counts a service and its workloads as one place", () => {
    const workloads = makePicture(topology, { level: "workloads", scope: null });
    const focused = focusPicture(workloads, { id: "bookbuyer/deployment/bookbuyer", up: 0, down: 2 });
    expect(names(focused)).toContain("bookwarehouse");
  });
});
