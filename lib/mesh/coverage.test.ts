import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadMeshInput } from "@/test/golden/load";
import { coverageOf, findingId, type ObservedUse, type SeenKind } from "./coverage";
import { unseenShare } from "./coverage-broad";
import type { Grant, MeshModel } from "./model";
import { translate } from "./translate";

function load(name: string): MeshModel {
  const { objects, options } = loadMeshInput(join(process.cwd(), `test/golden/mesh/${name}/input.yaml`));
  return translate(objects, options);
}

const model = load("bookstore");
const NOTHING: ObservedUse = { usedPolicies: new Set(), usedPairs: new Set(), kinds: [] };

/** Everything a model grants, used: by Envoy's count, by every caller, and by calls as narrow as the rule. */
function allUsed({ grants, services }: MeshModel): ObservedUse {
  const behind = (identity: string) => Object.values(services).filter((one) => one.identities.includes(identity));
  const pairs = grants.flatMap(({ sources, destination }) =>
    behind(destination).flatMap(({ key }) => sources.map((source) => `${source}>${key}`)),
  );
  const policies = grants.filter(({ route }) => route !== null).map(({ policy }) => policy);
  return { usedPolicies: new Set(policies), usedPairs: new Set(pairs), kinds: grants.flatMap(kindsOf) };
}

function kindsOf({ policy, route }: Grant): SeenKind[] {
  const methods = route === null ? [] : route.methods.length > 0 ? route.methods : ["GET"];
  return methods.map((method) => ({ policy, method, path: "/seen", count: 1 }));
}

const ids = (mesh: MeshModel, observed: ObservedUse) => coverageOf(mesh, observed).findings.map(findingId);

/** A mesh made of the bookstore: some of its grants, made wider or narrower, with callers that do not call. */
const meshes = fc
  .array(
    fc.record({
      from: fc.nat(),
      extra: fc.constantFrom([], ["bookthief/bookthief"], ["ghost/ghost"]),
      methods: fc.constantFrom([], ["GET"], ["GET", "POST"]),
      path: fc.constantFrom(".*", "/seen", "/books/.*"),
    }),
    { maxLength: 6 },
  )
  .map((changes): MeshModel => {
    const grants = changes.flatMap(({ from, extra, methods, path }, index): Grant[] => {
      const grant = model.grants[from % model.grants.length];
      if (!grant) return [];
      const route = grant.route && { ...grant.route, match: `m${index}`, methods, pathRegex: path };
      const target = `${grant.target}-${index % 2}`;
      const sources = [...new Set([...grant.sources, ...extra])].sort();
      return [{ ...grant, target, sources, route, policy: `${target}/${index}` }];
    });
    return { ...model, grants };
  });

describe("coverageOf", () => {
  it("names services that nobody may call", () => {
    const { findings, services } = coverageOf({ ...model, grants: [] }, allUsed(model));
    const backed = Object.values(model.services).filter(({ identities }) => identities.length > 0);
    expect(findings).toEqual(backed.map(({ key }) => ({ kind: "nobody-may-call", service: key })));
    expect(services).toEqual({ granted: 0, nobody: backed.length, everybody: 0 });
  });

  it("says in permissive mode that everybody may call, and nothing of rules that are not asked", () => {
    const { findings, rules } = coverageOf(load("permissive"), NOTHING);
    expect(new Set(findings.map(({ kind }) => kind))).toEqual(new Set(["everybody-may-call"]));
    expect(rules).toEqual({ used: 0, unused: 0, unknown: 0 });
  });

  it("says nothing of what was not observed", () => {
    const { findings, rules } = coverageOf(model, { usedPolicies: null, usedPairs: null, kinds: null });
    expect(findings.filter(({ kind }) => kind !== "nobody-may-call")).toEqual([]);
    expect(rules).toEqual({ used: 0, unused: 0, unknown: model.grants.length });
  });

  it("tells an unused TrafficTarget once, not rule by rule", () => {
    const unused = coverageOf(model, NOTHING).findings.filter(({ kind }) => kind.startsWith("unused"));
    const targets = [...new Set(model.grants.map(({ target }) => target))].sort();
    expect(unused).toEqual(targets.map((target) => ({ kind: "unused-rule", target, grant: null })));
  });

  it("finds a caller that never called, and whether it runs at all", () => {
    const [grant] = model.grants;
    if (!grant) throw new Error("no grant");
    const sources = [...grant.sources, "bookthief/bookthief", "ghost/ghost"];
    const wide = {
      ...model,
      grants: model.grants.map((one) => (one.target === grant.target ? { ...one, sources } : one)),
    };
    const found = coverageOf(wide, allUsed(model)).findings.filter(({ kind }) => kind === "unused-source");
    expect(found).toEqual([
      { kind: "unused-source", target: grant.target, source: "bookthief/bookthief", runs: true },
      { kind: "unused-source", target: grant.target, source: "ghost/ghost", runs: false },
    ]);
  });

  it("finds rules wider than what was seen of them, from a sample it names", () => {
    const grants = model.grants.map((one) => ({
      ...one,
      route: one.route && { ...one.route, methods: [], pathRegex: ".*" },
    }));
    const policy = grants.find(({ route }) => route !== null)?.policy ?? "";
    const kinds = [{ policy, method: "GET", path: "/books", count: 40 }];
    const broad = coverageOf({ ...model, grants }, { ...allUsed(model), kinds }).findings.slice(-2);
    expect(broad).toMatchObject([
      { kind: "broad-methods", allowed: [], seen: ["GET"], calls: 40 },
      { kind: "broad-path", allowed: [".*"], seen: ["/books"], calls: 40 },
    ]);
    expect(unseenShare(40)).toBeCloseTo(0.075);
    expect(unseenShare(1)).toBe(1);
  });

  it("finds nothing unused in a mesh whose every grant is used", () => {
    fc.assert(
      fc.property(meshes, (mesh) => {
        expect(ids(mesh, allUsed(mesh)).filter((id) => id.startsWith("unused"))).toEqual([]);
      }),
    );
  });

  it("finds less the more was seen", () => {
    const some = fc.tuple(meshes, fc.infiniteStream(fc.boolean()), fc.infiniteStream(fc.boolean()));
    fc.assert(
      fc.property(some, ([mesh, first, second]) => {
        const all = allUsed(mesh);
        const keep = (set: ReadonlySet<string> | null, take: Iterator<boolean>) =>
          new Set([...(set ?? [])].filter(() => take.next().value === true));
        const less = { ...all, usedPolicies: keep(all.usedPolicies, first), usedPairs: keep(all.usedPairs, first) };
        const more = {
          ...all,
          usedPolicies: new Set([...less.usedPolicies, ...keep(all.usedPolicies, second)]),
          usedPairs: new Set([...less.usedPairs, ...keep(all.usedPairs, second)]),
        };
        const known = new Set(ids(mesh, less));
        // A TrafficTarget of which nothing was used is told as one; with more seen it is told by its parts.
        const whole = new Set(
          mesh.grants.map(({ target }) => target).filter((target) => known.has(`unused-rule ${target}`)),
        );
        const fresh = ids(mesh, more).filter(
          (id) => !known.has(id) && ![...whole].some((target) => id.includes(target)),
        );
        expect(fresh).toEqual([]);
      }),
    );
  });

  it("drops what it found of a grant when the grant is gone", () => {
    fc.assert(
      fc.property(meshes, fc.nat(), (mesh, pick) => {
        const grant = mesh.grants[pick % Math.max(1, mesh.grants.length)];
        if (!grant) return;
        const without = { ...mesh, grants: mesh.grants.filter(({ target }) => target !== grant.target) };
        const left = coverageOf(without, NOTHING).findings.filter(
          (one) => "target" in one && one.target === grant.target,
        );
        expect(left).toEqual([]);
      }),
    );
  });
});
