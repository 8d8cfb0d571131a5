import { describe, expect, it } from "vitest";
import type { SplitView } from "@/lib/contract/splits";
import { changedMeanwhile, draftOf, isChanged, objectOf, rebase } from "./draft";
import { setPercent } from "./weights";

function view(resourceVersion: string, weights: readonly number[]): SplitView {
  const object = {
    apiVersion: "split.smi-spec.io/v1alpha2",
    kind: "TrafficSplit",
    metadata: { name: "bookstore", namespace: "bookstore", resourceVersion, labels: { team: "books" } },
    spec: {
      service: "bookstore",
      backends: weights.map((weight, at) => ({ service: `bookstore-v${at + 1}`, weight })),
    },
  };
  return {
    ...{ namespace: "bookstore", name: "bookstore", apiVersion: object.apiVersion, resourceVersion },
    ...{ service: "bookstore", root: "bookstore/bookstore", matches: [], inForce: true, requestsPerSecond: 0 },
    ...{ problems: [], managedBy: null, object },
    backends: weights.map((weight, at) => ({
      ...{ service: `bookstore-v${at + 1}`, version: null, weight, desiredShare: weight / 100, state: "ok" as const },
      ...{ observed: null, requestsPerSecond: 0, errorRatio: null, latencyMs: null },
    })),
  };
}

describe("a split's draft", () => {
  it("writes the new weights into the stored object and keeps the rest", () => {
    const draft = draftOf(view("7", [50, 50]));
    const object = objectOf({ ...draft, portions: setPercent(draft.portions, 0, 90) });
    expect(object.apiVersion).toBe("split.smi-spec.io/v1alpha2");
    expect(object.metadata.labels).toEqual({ team: "books" });
    expect(object.metadata.resourceVersion).toBe("7");
    expect(object.spec).toEqual({
      service: "bookstore",
      backends: [
        { service: "bookstore-v1", weight: 90 },
        { service: "bookstore-v2", weight: 10 },
      ],
    });
  });

  it("is no change until a percentage differs", () => {
    const draft = draftOf(view("7", [50, 50]));
    expect(isChanged(draft)).toBe(false);
    expect(isChanged({ ...draft, portions: setPercent(draft.portions, 0, 51) })).toBe(true);
  });

  it("is a change from weights that are all 0, even to equal shares", () => {
    const draft = draftOf(view("7", [0, 0]));
    expect(isChanged(draft)).toBe(true);
    expect(objectOf(draft).spec).toMatchObject({ backends: [{ weight: 50 }, { weight: 50 }] });
  });

  it("notices other weights, not a changed label", () => {
    const draft = draftOf(view("7", [50, 50]));
    expect(changedMeanwhile(draft, view("8", [50, 50]))).toBe(false);
    expect(changedMeanwhile(draft, view("8", [60, 40]))).toBe(true);
    expect(changedMeanwhile(draft, view("8", [50, 25, 25]))).toBe(true);
  });

  it("rebases on what is there now: a new backend begins at 0 %", () => {
    const draft = draftOf(view("7", [50, 50]));
    const mine = { ...draft, portions: setPercent(draft.portions, 0, 90) };
    const onTop = rebase(mine, view("8", [40, 40, 20]).object);
    expect(onTop.base.metadata.resourceVersion).toBe("8");
    expect(onTop.portions.map((portion) => portion.percent)).toEqual([90, 10, 0]);
  });
});
