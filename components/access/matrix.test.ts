import { describe, expect, it } from "vitest";
import type { Access } from "@/lib/contract/access";
import { arrange, parseCellKey } from "./matrix";

const identity = (namespace: string, name: string) => ({
  ...{ key: `${namespace}/${name}`, namespace, serviceAccount: name },
  ...{ spiffeId: `spiffe://cluster.local/${name}/${namespace}`, workloads: [] },
});
const destination = (namespace: string, name: string) => ({
  ...{ key: `${namespace}/${name}`, namespace, name, protocol: "http" as const, identities: [], split: null },
});
const access: Access = {
  ...{ at: 0, windowSeconds: 60, policyMode: "smi", policies: [], problems: [], partial: [] },
  identities: [identity("shop", "web"), identity("books", "buyer"), identity("books", "auditor")],
  destinations: [destination("store", "store-v2"), destination("store", "store"), destination("bank", "bank")],
  cells: [
    {
      ...{ source: "books/buyer", destination: "store/store", state: "used" },
      ...{ requestsPerSecond: 3, deniedPerSecond: 0, policies: ["store/a"], routes: [] },
    },
  ],
};
const all = { sources: "", destinations: "", show: "all" as const, alsoIdle: true, namespaces: null };
const names = (groups: readonly { items: readonly { key: string }[] }[]) =>
  groups.flatMap((group) => group.items.map((item) => item.key));

describe("the access matrix", () => {
  it("groups by namespace and sorts by name", () => {
    const matrix = arrange(access, all);
    expect(names(matrix.rows)).toEqual(["books/auditor", "books/buyer", "shop/web"]);
    expect(names(matrix.columns)).toEqual(["bank/bank", "store/store", "store/store-v2"]);
    expect(matrix.cell("books/buyer", "store/store")?.state).toBe("used");
    expect(matrix.cell("shop/web", "store/store")).toBeNull();
  });

  it("filters by text, by what has cells, and by the namespaces in scope", () => {
    expect(names(arrange(access, { ...all, sources: "WEB" }).rows)).toEqual(["shop/web"]);
    expect(names(arrange(access, { ...all, show: "filled" }).columns)).toEqual(["store/store"]);
    const scoped = arrange(access, { ...all, namespaces: new Set(["store"]) });
    expect(names(scoped.rows)).toEqual(["books/buyer"]);
    expect(names(scoped.columns)).toEqual(["store/store", "store/store-v2"]);
  });

  it("drops both axes to what has to do with each other, and to what was denied", () => {
    const cell = (source: string, destination: string, state: "unused" | "denied" | "partly-denied") => ({
      ...{ source, destination, state, requestsPerSecond: 0, deniedPerSecond: 1, policies: [], routes: [] },
    });
    const more: Access = {
      ...access,
      cells: [
        ...access.cells,
        cell("shop/web", "bank/bank", "denied"),
        cell("books/auditor", "store/store-v2", "partly-denied"),
        cell("books/auditor", "store/store", "unused"),
      ],
    };
    const denied = arrange(more, { ...all, show: "denied" });
    expect([names(denied.rows), names(denied.columns)]).toEqual([
      ["books/auditor", "shop/web"],
      ["bank/bank", "store/store-v2"],
    ]);
    const found = arrange(more, { ...all, show: "filled", sources: "web" });
    expect([names(found.rows), names(found.columns)]).toEqual([["shop/web"], ["bank/bank"]]);
    const scoped = arrange(more, { ...all, show: "filled", namespaces: new Set(["bank"]) });
    expect([names(scoped.rows), names(scoped.columns)]).toEqual([["shop/web"], ["bank/bank"]]);
  });

  it("has names in natural order, those of namespaces too", () => {
    const services = [destination("ns-10", "a"), destination("ns-2", "svc-10"), destination("ns-2", "svc-2")];
    expect(names(arrange({ ...access, destinations: services }, all).columns)).toEqual([
      ...["ns-2/svc-2", "ns-2/svc-10", "ns-10/a"],
    ]);
  });

  it("leaves out ServiceAccounts that run nothing and have no access, unless asked", () => {
    expect(names(arrange(access, { ...all, alsoIdle: false }).rows)).toEqual(["books/buyer"]);
    const [web, ...others] = access.identities;
    const running = {
      ...access,
      identities: [{ ...(web ?? identity("shop", "web")), workloads: ["shop/deployment/web"] }, ...others],
    };
    expect(names(arrange(running, { ...all, alsoIdle: false }).rows)).toEqual(["books/buyer", "shop/web"]);
  });

  it("reads a cell's key from a URL, and nothing else", () => {
    expect(parseCellKey("a/b>c/d")).toEqual({ source: "a/b", destination: "c/d" });
    for (const text of [null, "", "a/b", "a>b>c"]) expect(parseCellKey(text)).toBeNull();
  });
});
