import { expect, it } from "vitest";
import { bookstoreTopology } from "@/test/fixtures/topology";
import { split, target } from "@/test/support/bookstore-mesh";
import { placesOf } from "./places";

const item = (object: ReturnType<typeof split>) => ({
  ...{ object, apiVersion: object.apiVersion, resourceVersion: "1", problems: [], managedBy: null },
});
const list = (object: ReturnType<typeof split>) => ({ items: [item(object)], partial: [] });

it("lists services, workloads, policies, namespaces and sidecars, each with its page", () => {
  const namespace = {
    ...{
      name: "bookstore",
      resourceVersion: "1",
      meshed: true,
      control: false,
      managedBy: null,
      meshName: "osm",
      injection: true,
      services: 1,
    },
    ...{ pods: { total: 1, withSidecar: 1 }, serviceAccounts: [], serviceNames: ["bookstore"] },
  };
  const places = placesOf({
    namespaces: { items: [namespace], partial: [] },
    topology: bookstoreTopology(0),
    proxies: undefined,
    smi: [
      list(split({ "bookstore-v1": 1 })),
      list(target("bookbuyer/bookbuyer", "bookstore/bookstore", { kind: "TCPRoute", name: "a" })),
      undefined,
    ],
  });
  const found = (id: string) => places.find((place) => place.id === id);
  expect(found("Service bookstore/bookstore")).toMatchObject({
    path: "/services/bookstore/bookstore",
    text: "bookstore bookstore service",
  });
  expect(found("Deployment bookbuyer/bookbuyer")?.change).toMatchObject({ node: "bookbuyer/deployment/bookbuyer" });
  expect(found("TrafficSplit bookstore/bookstore-split")).toMatchObject({ path: "/splits" });
  expect(found("TrafficTarget bookstore/bookbuyer-to-bookstore")?.change).toEqual({
    policy: "TrafficTarget/bookstore/bookbuyer-to-bookstore",
  });
  expect(found("Namespace /bookstore")).toMatchObject({ path: "/namespaces", note: "Namespace" });
  expect(new Set(places.map(({ id }) => id)).size).toBe(places.length);
});

it("is empty while nothing is known", () => {
  expect(placesOf({ namespaces: undefined, topology: undefined, proxies: undefined, smi: [] })).toEqual([]);
});
