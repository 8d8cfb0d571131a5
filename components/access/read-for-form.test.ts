import { describe, expect, it } from "vitest";
import { writeSmi } from "@/lib/smi/write";
import { newRouteGroup, newTarget } from "./new-policy";
import { readForForm } from "./read-for-form";

describe("an object that is still being filled in", () => {
  it("has a form although names are empty, and writes back what was typed", () => {
    const draft = newTarget("bookstore");
    const reading = readForForm(draft);
    if (!reading.ok || reading.value.kind !== "TrafficTarget") throw new Error("no form");
    expect(reading.value.destination.name).toBe("");
    const sources = [{ kind: "ServiceAccount", name: "", namespace: "" }];
    const next = writeSmi({ ...reading.value, sources }, draft);
    expect(next.spec).toMatchObject({ sources });
    expect(readForForm(next).ok).toBe(true);
  });

  it("has one for a new HTTPRouteGroup and for a header without a name yet", () => {
    const draft = newRouteGroup("bookstore");
    const spec = { matches: [{ name: "", pathRegex: ".*", methods: ["GET"], headers: [{ "": ".*" }] }] };
    expect(readForForm(draft).ok).toBe(true);
    expect(readForForm({ ...draft, spec }).ok).toBe(true);
  });

  it("has none for what is no such object at all", () => {
    expect(readForForm({ ...newTarget("a"), spec: { sources: "everybody" } }).ok).toBe(false);
  });
});
