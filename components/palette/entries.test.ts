import { expect, it, vi } from "vitest";
import { entriesOf, groupsOf } from "./entries";
import type { Place } from "./places";

const shortcut = (label: string, group: string) => ({ keys: "g x", label, group, run: vi.fn() });
const place = (name: string): Place => ({
  ...{ id: `Service a/${name}`, name, note: "Service in a", text: `${name} a service`, path: "/graph", change: {} },
});
const entries = entriesOf(
  [shortcut("Go to Splits", "Go"), shortcut("Theme: dark", "Theme")],
  [place("splitter"), place("b")],
);
const names = (options: Parameters<typeof groupsOf>[1]) =>
  groupsOf(entries, options).map(({ heading, entries: found }) => [heading, ...found.map(({ name }) => name)]);

it("offers every action by group, and before that what was used last", () => {
  expect(names({ query: "", recent: [] })).toEqual([
    ["Go", "Go to Splits"],
    ["Theme", "Theme: dark"],
  ]);
  expect(names({ query: " ", recent: ["Service a/b", "gone", "run Theme: dark"] })).toEqual([
    ["Recent", "b", "Theme: dark"],
    ["Go", "Go to Splits"],
  ]);
});

it("finds actions and places by one search", () => {
  expect(names({ query: "split", recent: [] })).toEqual([["Found", "splitter", "Go to Splits"]]);
  expect(names({ query: "zebra", recent: [] })).toEqual([]);
});
