import { expect, test } from "vitest";
import { VIEW_PARAMETERS } from "../graph-choice";
import { keepViews, readViews, viewQuery, withoutView, withView } from "./saved-views-store";

function storage(text: string | null = null) {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_key: string, value: string) => {
      kept = value;
    },
  };
}

test("views are kept by name, sorted, and deleted", () => {
  const kept = storage();
  const views = withView(withView([], { name: "b 10", query: "level=workloads" }), { name: "b 9", query: "" });
  expect(keepViews(kept, views)).toBe(true);
  expect(readViews(kept).map((view) => view.name)).toEqual(["b 9", "b 10"]);
  expect(withView(views, { name: "b 9", query: "find=x" })).toHaveLength(2);
  expect(withoutView(views, "b 9").map((view) => view.name)).toEqual(["b 10"]);
});

test("what cannot be read is no view, and what cannot be kept is said", () => {
  expect(readViews(storage("{"))).toEqual([]);
  expect(readViews(storage('[{"name":1}]'))).toEqual([]);
  const full = {
    setItem: () => {
      throw new Error("full");
    },
  };
  expect(keepViews(full, [])).toBe(false);
});

test("a view is what one sees, not what is selected nor when", () => {
  const params = new URLSearchParams(
    "edge=a>b&find=errors+>+1%25&at=5&level=namespaces&open=a,b&node=x&window=5m&focus=a/service/b",
  );
  expect(viewQuery((name) => params.get(name), VIEW_PARAMETERS)).toBe(
    "level=namespaces&open=a,b&find=errors+%3E+1%25&focus=a/service/b&window=5m",
  );
});
