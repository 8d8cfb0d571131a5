import { expect, test } from "vitest";
import { hasSameStructure } from "@/lib/picture/scene";
import { bookstoreTopology } from "@/test/fixtures/topology";
import { makePicture } from "./picture";
import { walk } from "./walk";

const topology = bookstoreTopology(0);
const services = makePicture(topology, { level: "services", scope: null });

test("a workload is folded into the service that is only its own", () => {
  expect(services.nodes.map((node) => node.name)).toEqual([
    "bookbuyer",
    "bookstore",
    "bookstore-v1",
    "bookstore-v2",
    "bookthief",
    "bookwarehouse",
    "stockdb",
  ]);
  const v2 = services.nodes.find((node) => node.name === "bookstore-v2");
  expect(v2).toMatchObject({ version: "v2", pods: { ready: 1, total: 2 }, shape: "service" });
  expect(services.nodes.find((node) => node.name === "stockdb")?.shape).toBe("tcp");
  expect(services.shownAs.get("bookstore/deployment/bookstore-v1")).toBe("bookstore/service/bookstore-v1");
});

test("edges keep their ids and end at what is drawn; the split's root is joined to its backends", () => {
  const edge = services.edges.find(
    (each) => each.id === "bookstore/deployment/bookstore-v1>bookwarehouse/service/bookwarehouse",
  );
  expect(edge?.from).toBe("bookstore/service/bookstore-v1");
  expect(services.edges.filter((each) => each.kind === "split").map((each) => each.to)).toEqual([
    "bookstore/service/bookstore-v1",
    "bookstore/service/bookstore-v2",
  ]);
  expect(services.edges.filter((each) => each.kind === "backs")).toEqual([]);
});

test("unfolded, every workload stands for itself and is joined to its service", () => {
  const workloads = makePicture(topology, { level: "workloads", scope: null });
  expect(workloads.nodes).toHaveLength(topology.nodes.length);
  expect(workloads.edges.some((each) => each.kind === "backs" && each.to === "bookwarehouse/deployment/stockdb")).toBe(
    true,
  );
});

test("a scope shows its namespaces and the far ends of their edges", () => {
  const scoped = makePicture(topology, { level: "services", scope: new Set(["bookthief"]) });
  expect(scoped.nodes.map((node) => node.id)).toEqual(["bookstore/service/bookstore", "bookthief/service/bookthief"]);
});

test("figures do not change the structure", () => {
  const busier = { ...topology, edges: topology.edges.map((edge) => ({ ...edge, requestsPerSecond: 99 })) };
  expect(hasSameStructure(makePicture(busier, { level: "services", scope: null }), services)).toBe(true);
  const fewer = { ...topology, edges: topology.edges.slice(1) };
  expect(hasSameStructure(makePicture(fewer, { level: "services", scope: null }), services)).toBe(false);
});

test("arrows follow edges: right to the busiest callee, down to the next, left back", () => {
  const right = walk(services, "bookbuyer/service/bookbuyer", "right", null);
  expect(right?.node).toBe("bookstore/service/bookstore-v1");
  const down = walk(services, "bookstore/service/bookstore-v1", "down", "bookbuyer/service/bookbuyer");
  expect(down?.node).toBe("bookstore/service/bookstore-v2");
  expect(walk(services, "bookwarehouse/service/stockdb", "left", null)?.node).toBe(
    "bookwarehouse/service/bookwarehouse",
  );
  expect(walk(services, "bookbuyer/service/bookbuyer", "left", null)).toBeNull();
});
