import { expect, test, vi } from "vitest";
import { matchKey, type Shortcut, ShortcutRegistry } from "./registry";

const make = (keys: string, label: string): Shortcut => ({ keys, label, group: "Go", run: vi.fn() });
const list = [make("g g", "Graph"), make("g p", "Splits"), make("/", "Search")];

test("two keys in a row, one key alone, and a wrong second key that is a key of its own", () => {
  expect(matchKey(list, "", "g")).toEqual({ shortcut: null, pending: "g" });
  expect(matchKey(list, "g", "g").shortcut?.label).toBe("Graph");
  expect(matchKey(list, "", "/").shortcut?.label).toBe("Search");
  expect(matchKey(list, "g", "/").shortcut?.label).toBe("Search");
  expect(matchKey(list, "", "z")).toEqual({ shortcut: null, pending: "" });
});

test("a page's shortcut takes the place of an earlier one while the page is shown", () => {
  const registry = new ShortcutRegistry();
  registry.add(list);
  const own = { ...make("/", "Search"), group: "Page" };
  const remove = registry.add([own]);
  expect(registry.all().find((each) => each.label === "Search")).toBe(own);
  remove();
  expect(registry.all()).toHaveLength(3);
});
