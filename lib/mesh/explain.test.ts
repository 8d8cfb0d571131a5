import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadMeshInput } from "@/test/golden/load";
import { explain, mayCall, reachableServices } from "./explain";
import { translate } from "./translate";

function golden(name: string) {
  const { objects, options } = loadMeshInput(join(process.cwd(), "test/golden/mesh", name, "input.yaml"));
  return translate(objects, options);
}

const bookstore = golden("bookstore");
const BUYER = { sourceIdentity: "bookbuyer/bookbuyer", service: "bookstore/bookstore" };
const HEADERS = { "User-Agent": "Go-http-client/1.1", "client-app": "bookbuyer" };
const policies = (grants: readonly { policy: string }[]) => grants.map(({ policy }) => policy);

describe("explain", () => {
  it("names the grants of every backend a call may be sent to", () => {
    const answer = explain(bookstore, {
      ...BUYER,
      port: 14001,
      method: "get",
      path: "/books-bought?id=1",
      headers: HEADERS,
    });
    expect(answer).toMatchObject({ allowed: true, permissive: false, partial: false, missing: [], dependsOn: [] });
    expect(policies(answer.grants)).toEqual([
      "bookstore/bookstore-v2/HTTPRouteGroup/bookstore-service-routes/books-bought",
      "bookstore/bookstore/HTTPRouteGroup/bookstore-service-routes/books-bought",
    ]);
  });

  it("says which parts of the call it would have to know", () => {
    expect(explain(bookstore, BUYER)).toMatchObject({ allowed: true, dependsOn: ["headers", "method", "path"] });
    const known = explain(bookstore, { ...BUYER, method: "GET", path: "/books-bought" });
    expect(known).toMatchObject({ allowed: true, dependsOn: ["headers"] });
  });

  it("says that no TrafficTarget names the caller", () => {
    const { allowed, missing } = explain(bookstore, { ...BUYER, sourceIdentity: "bookthief/bookthief" });
    expect(allowed).toBe(false);
    expect(missing.map(({ reason, destination }) => [reason, destination])).toEqual([
      ["no-target", "bookstore/bookstore"],
      ["no-target", "bookstore/bookstore-v2"],
    ]);
    expect(missing[0]?.sentence).toBe(
      "No TrafficTarget lets bookthief/bookthief call bookstore/bookstore (by way of bookstore/bookstore-v1).",
    );
  });

  it("says that no route fits, and which is the nearest", () => {
    const call = {
      ...BUYER,
      service: "bookstore/bookstore-v1",
      method: "POST",
      path: "/books-bought",
      headers: HEADERS,
    };
    const { missing } = explain(bookstore, call);
    expect(missing).toHaveLength(1);
    expect(missing[0]).toMatchObject({
      reason: "no-route",
      sentence: "POST /books-bought of bookbuyer/bookbuyer fits no route of TrafficTarget bookstore/bookstore.",
      near: [
        "bookstore/bookstore/HTTPRouteGroup/bookstore-service-routes/books-bought",
        "bookstore/bookstore/HTTPRouteGroup/bookstore-service-routes/buy-a-book",
      ],
    });
    expect(missing[0]?.hint).toContain("The nearest allows GET /books-bought with client-app: bookbuyer");
  });

  it("matches whole paths and whole header values only", () => {
    const call = { ...BUYER, service: "bookstore/bookstore-v1", method: "GET" };
    const path = (text: string) => explain(bookstore, { ...call, path: text, headers: HEADERS }).allowed;
    expect([path("/books-bought"), path("/books-bought/x"), path("/x/books-bought")]).toEqual([true, false, false]);
    const app = (value: string) =>
      explain(bookstore, { ...call, path: "/books-bought", headers: { ...HEADERS, "client-app": value } });
    expect([app("bookbuyer").allowed, app("bookbuyers").allowed]).toEqual([true, false]);
    expect(explain(bookstore, { ...call, path: "/books-bought", headers: {} }).allowed).toBe(false);
  });

  it("lets TCP through by a grant without a route only", () => {
    const warehouse = { sourceIdentity: "bookwarehouse/bookwarehouse", service: "bookwarehouse/mysql", port: 3306 };
    expect(policies(explain(bookstore, warehouse).grants)).toEqual(["bookwarehouse/mysql/TCPRoute/mysql"]);
    expect(explain(bookstore, { ...warehouse, sourceIdentity: "bookstore/bookstore" }).missing[0]?.reason).toBe(
      "no-target",
    );
  });

  it.each([
    ["unknown-source", { sourceIdentity: "nobody/nobody", service: "bookstore/bookstore" }],
    ["unknown-service", { ...BUYER, service: "bookstore/nothing" }],
    ["unknown-service", { ...BUYER, service: "__proto__" }],
    ["unknown-port", { ...BUYER, port: 1 }],
  ])("answers %s", (reason, call) => {
    const { allowed, missing } = explain(bookstore, call);
    expect([allowed, missing[0]?.reason]).toEqual([false, reason]);
  });

  it("says when nobody is there to answer", () => {
    const call = { sourceIdentity: "a/app", service: "a/old" };
    const model = { ...golden("service-problems") };
    expect(explain(model, call).missing[0]?.reason).toBe("no-pods");
  });

  it("says that a port rule is for other ports", () => {
    const model = golden("target-destination-port");
    const narrowed = { ...model, grants: model.grants.map((grant) => ({ ...grant, ports: [9] })) };
    const { missing } = explain(narrowed, { sourceIdentity: "client/buyer", service: "shop/shop-v1" });
    expect(missing[0]).toMatchObject({ reason: "no-port" });
    expect(missing[0]?.sentence).toContain("only on port 9");
  });

  it("tells a split of which only one backend lets the caller in", () => {
    const grants = bookstore.grants.filter(({ destination }) => destination !== "bookstore/bookstore-v2");
    expect(explain({ ...bookstore, grants }, BUYER)).toMatchObject({ allowed: false, partial: true });
  });

  it("does not ask backends that get no share", () => {
    const model = golden("split-weights");
    const grants = golden("target-several-sources").grants.filter(({ destination }) => destination === "shop/shop");
    const answer = explain(
      { ...model, grants },
      { sourceIdentity: "client/buyer", service: "shop/shop", method: "GET" },
    );
    expect(answer).toMatchObject({ allowed: true, partial: false });
  });

  it("asks the backends of a split with matches only about calls that are split", () => {
    const model = golden("split-matches");
    const grants = golden("target-several-sources").grants.filter(({ destination }) => destination === "shop/shop");
    const call = { sourceIdentity: "client/buyer", service: "shop/shop", method: "GET" };
    const answer = (path: string, headers: Record<string, string>) =>
      explain({ ...model, grants }, { ...call, path, headers });
    const refusing = (path: string, headers: Record<string, string>) =>
      answer(path, headers).missing.map(({ service, destination }) => [service, destination]);
    // Without a match the root's own pods answer, and those of both versions carry its label.
    expect(refusing("/", {})).toEqual([["shop/shop", "shop/shop-v2"]]);
    expect(refusing("/beta/x", {})).toEqual([["shop/shop-v2", "shop/shop-v2"]]);
    expect(refusing("/", { cookie: "type=insider" })).toEqual([["shop/shop-v2", "shop/shop-v2"]]);
    expect(explain({ ...model, grants }, call).missing).toHaveLength(2);
  });

  it("allows every known caller in permissive mode", () => {
    const model = golden("permissive");
    expect(explain(model, { ...BUYER, sourceIdentity: "bookthief/bookthief" })).toMatchObject({
      allowed: true,
      permissive: true,
    });
    expect(explain(model, { ...BUYER, sourceIdentity: "nobody/nobody" }).allowed).toBe(false);
  });
});

describe("who may call what", () => {
  it("reaches the root and all backends of a split by any one of them", () => {
    expect(reachableServices(bookstore, "bookbuyer/bookbuyer")).toEqual([
      "bookstore/bookstore",
      "bookstore/bookstore-v1",
      "bookstore/bookstore-v2",
    ]);
    const grants = bookstore.grants.filter(({ destination }) => destination !== "bookstore/bookstore-v2");
    expect(reachableServices({ ...bookstore, grants }, "bookbuyer/bookbuyer")).toHaveLength(3);
  });

  it("reaches nothing without a grant, and everything in permissive mode", () => {
    expect(reachableServices(bookstore, "bookthief/bookthief")).toEqual([]);
    expect(reachableServices(golden("permissive"), "bookthief/bookthief")).toHaveLength(5);
  });

  it("gives the grants that let a caller reach a service by at least one route", () => {
    expect(mayCall(bookstore, "bookbuyer/bookbuyer", "bookstore/bookstore")).toHaveLength(4);
    expect(mayCall(bookstore, "bookbuyer/bookbuyer", "bookstore/bookstore-v1")).toHaveLength(2);
    expect(mayCall(bookstore, "bookbuyer/bookbuyer", "bookwarehouse/mysql")).toEqual([]);
  });
});
