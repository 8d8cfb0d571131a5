import { expect, test } from "vitest";
import { ARRANGEMENT } from "@/lib/picture/layout/arrangement";
import { forgetPlaces, keepPins, keepPlaces, readPins, readPlaces } from "./places-store";

function memory() {
  const map = new Map<string, string>();
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  };
}

test("places are kept by id, beside those not shown now, and can be forgotten", () => {
  const storage = memory();
  keepPlaces(storage, "services", new Map([["a", { x: 1, y: 2 }]]));
  keepPlaces(storage, "services", new Map([["b", { x: 3, y: 4 }]]));
  expect(readPlaces(storage, "services")).toEqual(
    new Map([
      ["a", { x: 1, y: 2 }],
      ["b", { x: 3, y: 4 }],
    ]),
  );
  expect(readPlaces(storage, "workloads").size).toBe(0);
  forgetPlaces(storage, "services");
  expect(readPlaces(storage, "services").size).toBe(0);
});

test("what cannot be read is no place", () => {
  const storage = memory();
  const kept = { arrangement: ARRANGEMENT, places: { a: [1, "x"], b: [1, 2], c: null } };
  storage.setItem("meshdeck.graph.places.services", JSON.stringify(kept));
  expect([...readPlaces(storage, "services").keys()]).toEqual(["b"]);
  storage.setItem("meshdeck.graph.places.services", "not json");
  expect(readPlaces(storage, "services").size).toBe(0);
});

test("of another arrangement only what was put where it is by hand is left", () => {
  const places = { a: [1, 2], b: [3, 4] };
  for (const kept of [places, { arrangement: ARRANGEMENT - 1, places }]) {
    const storage = memory();
    keepPins(storage, "services", new Set(["b"]));
    storage.setItem("meshdeck.graph.places.services", JSON.stringify(kept));
    expect(readPlaces(storage, "services")).toEqual(new Map([["b", { x: 3, y: 4 }]]));
    keepPlaces(storage, "services", new Map([["a", { x: 5, y: 6 }]]));
    expect([...readPlaces(storage, "services").keys()].sort()).toEqual(["a", "b"]);
  }
});

test("pins are kept by layout; what cannot be read is none", () => {
  const storage = memory();
  keepPins(storage, "services.wide", new Set(["a", "b"]));
  expect([...readPins(storage, "services.wide")]).toEqual(["a", "b"]);
  expect(readPins(storage, "services.wide.force").size).toBe(0);
  storage.setItem("meshdeck.graph.pins.services.wide", '{"a":1}');
  expect(readPins(storage, "services.wide").size).toBe(0);
});
