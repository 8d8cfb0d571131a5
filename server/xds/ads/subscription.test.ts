import { describe, expect, it } from "vitest";
import { makeResource, type Resource } from "../resource";
import { ResourceView } from "../resource-set";
import { Subscription } from "./subscription";

function resource(name: string, content: string, type: Resource["type"] = "CDS"): Resource {
  return makeResource(type, name, new TextEncoder().encode(content));
}

function view(...resources: Resource[]): ResourceView {
  return new ResourceView([new Map(resources.map((one) => [one.name, one]))]);
}

const ALL = { subscribe: [], unsubscribe: [], initialVersions: {} };
const names = (list: readonly Resource[] | undefined) => list?.map(({ name }) => name);

describe("a subscription to all", () => {
  it("is answered even when there is nothing, and only once", () => {
    const all = new Subscription("CDS");
    all.change(ALL);
    expect(all.take("1", { removals: true })).toBeNull();
    all.setView(view());
    expect(all.take("2", { removals: true })).toEqual({ resources: [], removed: [] });
    all.settle("2", 0, null);
    expect(all.take("3", { removals: true })).toBeNull();
  });

  it("sends what changed, one answer at a time, and the latest value when it changed twice", () => {
    const all = new Subscription("CDS");
    all.setView(view(resource("a", "1"), resource("b", "1")));
    all.change(ALL);
    expect(names(all.take("1", { removals: true })?.resources)).toEqual(["a", "b"]);
    all.setView(view(resource("a", "2"), resource("b", "1")));
    all.setView(view(resource("a", "3"), resource("b", "1")));
    expect(all.take("2", { removals: true })).toBeNull();
    expect(all.synced).toBe(false);
    all.settle("1", 7, null);
    expect(all.take("2", { removals: true })?.resources).toEqual([
      expect.objectContaining({ name: "a", version: resource("a", "3").version }),
    ]);
    all.settle("2", 8, null);
    expect(all.synced).toBe(true);
    expect(all.lastAckAt).toBe(8);
  });

  it("does not send what was changed and changed back", () => {
    const all = new Subscription("CDS");
    all.setView(view(resource("a", "1")));
    all.change(ALL);
    all.take("1", { removals: true });
    all.setView(view(resource("a", "2")));
    all.setView(view(resource("a", "1")));
    all.settle("1", 0, null);
    expect(all.take("2", { removals: true })).toBeNull();
  });

  it("holds removals back until they are asked for", () => {
    const all = new Subscription("CDS");
    all.setView(view(resource("a", "1"), resource("b", "1")));
    all.change(ALL);
    all.take("1", { removals: true });
    all.settle("1", 0, null);
    all.setView(view(resource("a", "1")));
    expect(all.take("2", { removals: false })).toBeNull();
    expect(all.hasRemovals).toBe(true);
    expect(all.take("2", { removals: true })).toEqual({ resources: [], removed: ["b"] });
  });

  it("resumes: sends only what differs from the versions the client says it has", () => {
    const all = new Subscription("CDS");
    all.setView(view(resource("a", "1"), resource("b", "2")));
    const initialVersions = { a: resource("a", "1").version, b: resource("b", "1").version, gone: "x" };
    all.change({ ...ALL, initialVersions });
    const batch = all.take("1", { removals: true });
    expect(names(batch?.resources)).toEqual(["b"]);
    expect(batch?.removed).toEqual(["gone"]);
  });
});

describe("a refusal", () => {
  it("is kept, and the refused version is not sent again; the next one is", () => {
    const all = new Subscription("CDS");
    all.setView(view(resource("a", "1"), resource("b", "1")));
    all.change(ALL);
    all.take("1", { removals: true });
    all.settle("1", 5, "bad a");
    expect(all.nack).toEqual({ at: 5, message: "bad a" });
    expect(all.take("2", { removals: true })).toBeNull();
    expect(all.synced).toBe(false);
    all.setView(view(resource("a", "2"), resource("b", "1")));
    expect(names(all.take("2", { removals: true })?.resources)).toEqual(["a"]);
  });

  it("stays until every refused resource was replaced or is gone", () => {
    const all = new Subscription("CDS");
    all.setView(view(resource("a", "1")));
    all.change(ALL);
    all.take("1", { removals: true });
    all.settle("1", 5, "bad a");
    all.setView(view(resource("a", "1"), resource("c", "1")));
    all.take("2", { removals: true });
    all.settle("2", 6, null);
    expect(all.nack).not.toBeNull();
    all.setView(view(resource("c", "1")));
    all.take("3", { removals: true });
    all.settle("3", 7, null);
    expect(all.nack).toBeNull();
  });

  it("is not taken from an answer to something older", () => {
    const all = new Subscription("CDS");
    all.setView(view(resource("a", "1")));
    all.change(ALL);
    all.take("2", { removals: true });
    expect(all.settle("1", 5, "bad")).toBeNull();
    expect(all.nack).toBeNull();
    expect(all.busy).toBe(true);
  });
});

describe("a subscription by name", () => {
  it("gets those names, says at once which are not there, and no others", () => {
    const some = new Subscription("EDS");
    some.setView(view(resource("a", "1", "EDS"), resource("b", "1", "EDS")));
    some.change({ ...ALL, subscribe: ["a", "nowhere"] });
    const batch = some.take("1", { removals: true });
    expect(names(batch?.resources)).toEqual(["a"]);
    expect(batch?.removed).toEqual(["nowhere"]);
  });

  it("gets a name again when it asks again", () => {
    const some = new Subscription("EDS");
    some.setView(view(resource("a", "1", "EDS")));
    some.change({ ...ALL, subscribe: ["a"] });
    some.take("1", { removals: true });
    some.settle("1", 0, null);
    some.change({ ...ALL, subscribe: ["a"] });
    expect(names(some.take("2", { removals: true })?.resources)).toEqual(["a"]);
  });

  it("gets no more of a name it let go", () => {
    const some = new Subscription("EDS");
    some.setView(view(resource("a", "1", "EDS")));
    some.change({ ...ALL, subscribe: ["a"] });
    some.take("1", { removals: true });
    some.settle("1", 0, null);
    some.change({ ...ALL, unsubscribe: ["a"] });
    some.setView(view(resource("a", "2", "EDS")));
    expect(some.take("2", { removals: true })).toBeNull();
    expect(some.size).toBe(0);
  });

  it("waits for a secret that is not there yet instead of saying that there is none", () => {
    const some = new Subscription("SDS");
    some.setView(view());
    some.change({ ...ALL, subscribe: ["service-cert:a/b"] });
    expect(some.take("1", { removals: true })).toBeNull();
    some.setView(view(resource("service-cert:a/b", "1", "SDS")));
    expect(names(some.take("1", { removals: true })?.resources)).toEqual(["service-cert:a/b"]);
  });
});
