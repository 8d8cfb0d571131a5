import { expect, test } from "vitest";
import { bookstoreTopology } from "@/test/fixtures/topology";
import { offerAt } from "./offer";
import { makePicture } from "./picture";

const picture = makePicture(bookstoreTopology(0), { level: "namespaces", scope: null });
const places = new Map([
  ["_/bookstore", { x: 0, y: 0 }],
  ["_/bookbuyer", { x: 300, y: 0 }],
]);
/** A screen of 1000 pixels, looking at x. */
const at = (x: number, width: number, last: string | null = null) =>
  offerAt({
    picture,
    places,
    last,
    zoom: 1000 / width,
    view: { left: x - width / 2, right: x + width / 2, top: -100, bottom: 100 },
  });

test("a group is offered when one is near it, and for a while after", () => {
  expect(at(0, 1000)).toBeNull();
  expect(at(0, 620)).toBeNull();
  expect(at(0, 400)).toBe("_/bookstore");
  expect(at(0, 620, "_/bookstore")).toBe("_/bookstore");
  expect(at(0, 700, "_/bookstore")).toBeNull();
});

test("between two the one offered stays", () => {
  expect(at(160, 600, "_/bookstore")).toBe("_/bookstore");
  expect(at(160, 600, "_/bookbuyer")).toBe("_/bookbuyer");
  expect(at(280, 600, "_/bookstore")).toBe("_/bookbuyer");
});

test("what is open is not offered", () => {
  const open = makePicture(bookstoreTopology(0), { level: "services", scope: null });
  expect(
    offerAt({ picture: open, places, last: null, zoom: 3, view: { left: -10, right: 10, top: -10, bottom: 10 } }),
  ).toBeNull();
});
