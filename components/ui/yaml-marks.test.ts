import { expect, test } from "vitest";
import { fieldKeys, yamlMarks } from "./yaml-marks";

const TEXT = "spec:\n  backends:\n    - service: v1\n      weight: 10\n";
const marked = (field: string) => {
  const [mark] = yamlMarks(TEXT, [{ field, message: "is wrong" }]);
  return mark ? TEXT.slice(mark.from, mark.to) : null;
};

test("reads field paths as the API server writes them", () => {
  expect(fieldKeys("spec.backends[0].weight")).toEqual(["spec", "backends", 0, "weight"]);
  expect(fieldKeys('metadata.labels["a.b/c"]')).toEqual(["metadata", "labels", "a.b/c"]);
});

test("marks the named field, or the nearest parent that is there", () => {
  expect(marked("spec.backends[0].weight")).toBe("weight");
  expect(marked("spec.service")).toBe("spec");
  expect(marked("spec.backends[7].weight")).toBe("backends");
});

test("marks a syntax error where it is", () => {
  const [mark] = yamlMarks("a: [1, 2\nb: 3\n", []);
  expect(mark?.message).toMatch(/./);
});
