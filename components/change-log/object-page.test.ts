import { expect, it } from "vitest";
import { objectPage } from "./object-page";

const of = (kind: string, verb: "created" | "changed" | "deleted" = "changed") =>
  objectPage({ kind, namespace: kind === "Namespace" ? "" : "shop", name: "cart", verb });

it("leads to the page each kind is edited on", () => {
  expect(of("TrafficSplit")).toEqual({ path: "/splits", change: { split: "shop/cart" } });
  expect(of("TCPRoute")).toEqual({ path: "/access", change: { policy: "TCPRoute/shop/cart" } });
  expect(of("MeshConfig")).toEqual({ path: "/settings", change: { view: "mesh" } });
  expect(of("Namespace")).toEqual({ path: "/namespaces", change: { namespace: "cart" } });
  expect(of("Service")?.path).toBe("/services/shop/cart");
  expect(of("Deployment")?.path).toContain("/services/shop/");
});

it("leads nowhere for what is gone, or of a kind without a page", () => {
  expect(of("TrafficSplit", "deleted")).toBeNull();
  expect(of("Secret")).toBeNull();
});
