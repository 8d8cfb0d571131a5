import { describe, expect, it } from "vitest";
import { bookstoreTopology, callEdge, serviceNode, workloadNode } from "@/test/fixtures/topology";
import { withoutOf } from "./filters";
import { readChoice, usualLevel, writeOpen } from "./graph-choice";
import { makePicture } from "./picture";

const bookstore = bookstoreTopology(0);
const topology = {
  ...bookstore,
  nodes: [...bookstore.nodes, serviceNode("spare", "spare"), workloadNode("spare", "spare")],
  edges: [
    ...bookstore.edges,
    callEdge("bookbuyer/deployment/bookbuyer", "bookwarehouse/service/bookwarehouse", {
      requestsPerSecond: 0,
      errorRatio: null,
      mtlsRatio: null,
    }),
  ],
};
const NONE = { hide: "", withoutIdle: false, withoutUnused: false, onlyProblems: false };
const drawn = (filters: Partial<typeof NONE>) =>
  makePicture(topology, { level: "services", scope: null, without: withoutOf(topology, { ...NONE, ...filters }) });

describe("leaving out", () => {
  it("leaves nothing out unless asked to", () => {
    expect(withoutOf(topology, NONE)).toBeNull();
    expect(withoutOf(topology, { ...NONE, hide: "((" })).toBeNull();
  });

  it("leaves out services without calls, but none whose workload makes some", () => {
    const all = drawn({}).nodes.map((node) => node.name);
    expect(drawn({ withoutIdle: true }).nodes.map((node) => node.name)).toEqual(all.filter((name) => name !== "spare"));
  });

  it("leaves out what is allowed and not used", () => {
    const unused = "bookbuyer/deployment/bookbuyer>bookwarehouse/service/bookwarehouse";
    expect(drawn({}).edges.some((edge) => edge.id === unused)).toBe(true);
    expect(drawn({ withoutUnused: true }).edges.some((edge) => edge.id === unused)).toBe(false);
  });

  it("shows only what has problems, with the ends of it", () => {
    const names = drawn({ onlyProblems: true }).nodes.map((node) => node.name);
    expect(names).toContain("bookstore-v2");
    expect(names).toContain("bookthief");
    expect(names).not.toContain("spare");
  });

  it("hides what an expression finds", () => {
    expect(drawn({ hide: "ns = bookstore or stockdb" }).nodes.map((node) => node.namespace)).not.toContain("bookstore");
  });
});

describe("the choice in the URL", () => {
  const read = (query: string) => {
    const params = new URLSearchParams(query);
    return readChoice((name) => params.get(name));
  };

  it("is read whole, and what is no value is as if it were not there", () => {
    expect(read("")).toMatchObject({ level: null, grouping: "namespace", focus: null, table: false, hide: "" });
    expect(read("level=cities&group=moon&up=many&metric=x&idle=1")).toEqual(read(""));
    expect(
      read("level=namespaces&open=b,a&group=owner&focus=a/service/b&up=2&down=0&idle=hide&problems=only&view=table"),
    ).toMatchObject({
      level: "namespaces",
      open: new Set(["a", "b"]),
      grouping: "owner",
      focus: { id: "a/service/b", up: 2, down: 0 },
      withoutIdle: true,
      onlyProblems: true,
      table: true,
    });
  });

  it("writes groups in one order", () => {
    expect(writeOpen(["b", "a", "b"])).toBe("a,b");
    expect(writeOpen([])).toBeNull();
  });

  it("begins with namespaces when the mesh is large", () => {
    expect(usualLevel(300, "namespace")).toBe("services");
    expect(usualLevel(301, "namespace")).toBe("namespaces");
    expect(usualLevel(301, "none")).toBe("services");
  });
});
