import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/contract/errors";
import type { KubeObject } from "@/lib/kube/objects";
import type { SmiObject, TrafficSplit, TrafficTarget } from "./hub";
import { readSmi } from "./read";
import { writeSmi } from "./write";

const META = { name: "a", namespace: "b" };

function object(kind: string, apiVersion: string, fields: object): KubeObject {
  return { apiVersion, kind, metadata: META, ...fields };
}

function hub<T extends SmiObject>(from: KubeObject): T {
  const reading = readSmi(from);
  if (!reading.ok) throw new Error(JSON.stringify(reading.fields));
  return reading.value as T;
}

function fields(from: unknown): readonly string[] {
  const reading = readSmi(from);
  return reading.ok ? [] : reading.fields.map(({ field, message }) => `${field} ${message}`);
}

describe("readSmi", () => {
  it("names each field that is wrong by its path", () => {
    const split = { spec: { backends: [{ service: "x" }, { weight: -1 }, 3] } };
    expect(fields(object("TrafficSplit", "split.smi-spec.io/v1alpha4", split))).toEqual([
      "spec.service is required",
      "spec.backends[0].weight is required",
      "spec.backends[1].service is required",
      "spec.backends[1].weight must be a number of 0 or more",
      "spec.backends[2] must be a service and a weight",
    ]);
    expect(fields(object("TrafficTarget", "access.smi-spec.io/v1alpha1", { specs: [{}] }))).toEqual([
      "destination is required",
      "specs[0].kind is required",
      "specs[0].name is required",
    ]);
  });

  it("says which kinds and versions it reads", () => {
    expect(fields({ kind: "UDPRoute" })).toEqual([
      "kind must be one of TrafficSplit, TrafficTarget, HTTPRouteGroup, TCPRoute",
    ]);
    expect(fields(object("TrafficTarget", "access.smi-spec.io/v1", {}))).toEqual([
      "apiVersion must be one of access.smi-spec.io/v1alpha1, access.smi-spec.io/v1alpha2, access.smi-spec.io/v1alpha3",
    ]);
    expect(fields({ kind: "TCPRoute", apiVersion: "specs.smi-spec.io/v1alpha4" })).toEqual([
      "metadata.name is required",
      "metadata.namespace is required",
    ]);
  });

  it("refuses a header that comes twice, in whatever case: a condition would be lost", () => {
    const group = { spec: { matches: [{ name: "m", headers: [{ "X-A": "1" }, { "x-a": "2" }] }] } };
    expect(fields(object("HTTPRouteGroup", "specs.smi-spec.io/v1alpha4", group))).toEqual([
      "spec.matches[0].headers x-a: comes twice; join both expressions into one",
    ]);
  });

  it("reads what a server without conversion hands out in another version than it was written in", () => {
    const old = {
      destination: { kind: "ServiceAccount", name: "c", port: 80 },
      specs: [{ kind: "TCPRoute", name: "t" }],
      sources: [],
    };
    const target = hub<TrafficTarget>(object("TrafficTarget", "access.smi-spec.io/v1alpha3", old));
    expect(target.destination).toEqual({ kind: "ServiceAccount", name: "c", namespace: "b", port: 80 });
    expect(target.rules).toEqual([{ kind: "TCPRoute", name: "t", matches: null }]);
    const split = { spec: { service: "s", backends: [{ service: "x", weight: "500m" }] } };
    expect(hub<TrafficSplit>(object("TrafficSplit", "split.smi-spec.io/v1alpha4", split)).backends).toEqual([
      { service: "x", weight: 0.5 },
    ]);
  });
});

describe("writeSmi", () => {
  const base: KubeObject = {
    apiVersion: "split.smi-spec.io/v1alpha2",
    kind: "TrafficSplit",
    metadata: { ...META, resourceVersion: "7", labels: { team: "x" }, annotations: { note: "y" } },
    spec: {
      service: "s",
      extra: 1,
      backends: [
        { service: "v1", weight: "90", note: "keep" },
        { service: "v2", weight: 10 },
      ],
    },
  };

  it("changes only what changed", () => {
    const split = hub<TrafficSplit>(base);
    const backends = split.backends.map((backend) => ({ ...backend, weight: backend.service === "v2" ? 30 : 90 }));
    expect(writeSmi({ ...split, backends }, base)).toEqual({
      ...base,
      spec: {
        service: "s",
        extra: 1,
        backends: [
          { service: "v1", weight: "90", note: "keep" },
          { service: "v2", weight: 30 },
        ],
      },
    });
  });

  it("does not change the object it is laid over", () => {
    const before = JSON.stringify(base);
    writeSmi({ ...hub<TrafficSplit>(base), service: "other", backends: [] }, base);
    expect(JSON.stringify(base)).toBe(before);
  });

  it("refuses to leave out what the version has no field for", () => {
    const split: TrafficSplit = { ...hub<TrafficSplit>(base), matches: ["insiders"] };
    expect(() => writeSmi(split, base)).toThrow(AppError);
    try {
      writeSmi(split, base);
    } catch (error) {
      expect(error).toMatchObject({
        code: "unprocessable",
        message: "TrafficSplit b/a cannot be written in split.smi-spec.io/v1alpha2.",
        details: { fields: [{ field: "spec.matches", message: "has no place in split.smi-spec.io/v1alpha2" }] },
      });
    }
    expect(writeSmi({ ...split, apiVersion: "split.smi-spec.io/v1alpha3" }, base).spec).toMatchObject({
      matches: [{ kind: "HTTPRouteGroup", name: "insiders" }],
    });
  });

  it("writes a new object in the form of its version", () => {
    const match = { name: "m", pathRegex: "/x", methods: ["GET"], headers: { a: "1", b: "2" } };
    const meta = { namespace: "b", name: "a", uid: null, resourceVersion: null, createdAt: null };
    const group = { ...meta, kind: "HTTPRouteGroup" as const, matches: [match] };
    expect(writeSmi({ ...group, apiVersion: "specs.smi-spec.io/v1alpha4" })).toEqual(
      object("HTTPRouteGroup", "specs.smi-spec.io/v1alpha4", {
        spec: { matches: [{ ...match, headers: [{ a: "1" }, { b: "2" }] }] },
      }),
    );
    expect(writeSmi({ ...group, apiVersion: "specs.smi-spec.io/v1alpha2" })).toEqual(
      object("HTTPRouteGroup", "specs.smi-spec.io/v1alpha2", { matches: [match] }),
    );
  });
});
