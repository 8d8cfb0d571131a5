import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KubeObject } from "@/lib/kube/objects";
import type { SmiKind } from "./hub";
import { readSmi } from "./read";
import { METHODS } from "./schemas";
import { SMI_RESOURCES } from "./versions";
import { writeSmi } from "./write";

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/);
const port = fc.integer({ min: 1, max: 65535 });
const names = fc.uniqueArray(name, { maxLength: 4 });
const wholeWeight = fc.integer({ min: 0, max: 10_000 });
const quantity = fc.oneof(
  wholeWeight,
  wholeWeight.filter((weight) => weight % 1000 !== 0).map((weight) => `${weight}m`),
);

function split(weight: fc.Arbitrary<unknown>, withMatches: boolean) {
  return fc
    .record(
      {
        service: name,
        backends: fc.uniqueArray(fc.record({ service: name, weight }), {
          selector: (one) => one.service,
          maxLength: 4,
        }),
        matches: names.map((list) => list.map((one) => ({ kind: "HTTPRouteGroup", name: one }))),
      },
      { requiredKeys: ["service", "backends"] },
    )
    .map((body) => (withMatches && body.matches?.length ? body : { service: body.service, backends: body.backends }));
}

const identity = fc.record({ kind: fc.constantFrom("ServiceAccount", "User"), name, namespace: name });
const rule = fc.record(
  { kind: fc.constantFrom("HTTPRouteGroup", "TCPRoute", "UDPRoute"), name, matches: names },
  { requiredKeys: ["kind", "name"] },
);

function target(rulesField: "rules" | "specs", withPort: boolean) {
  const destination = withPort
    ? fc.record(
        { kind: fc.constant("ServiceAccount"), name, namespace: name, port },
        { requiredKeys: ["kind", "name", "namespace"] },
      )
    : identity;
  return fc.record({
    destination,
    [rulesField]: fc.array(rule, { minLength: 1, maxLength: 3 }),
    sources: fc.array(identity, { minLength: 1, maxLength: 3 }),
  });
}

const headerMap = fc.dictionary(name, fc.string(), { minKeys: 1, maxKeys: 3 });

function group(headers: fc.Arbitrary<unknown> | null) {
  const fields = {
    name,
    pathRegex: fc.constantFrom("/books", ".*a-book.*new", "/x/[0-9]+"),
    methods: fc.uniqueArray(fc.constantFrom(...METHODS), { minLength: 1, maxLength: 3 }),
    ...(headers === null ? {} : { headers }),
  };
  return fc.record({
    matches: fc.uniqueArray(fc.record(fields, { requiredKeys: ["name"] }), {
      selector: (one) => one.name,
      minLength: 1,
      maxLength: 4,
    }),
  });
}

const headerList = headerMap.map((map) => Object.entries(map).map(([key, value]) => ({ [key]: value })));

/** The fields of each kind in each version as that version spells them, and whether they stand under spec. */
const BODIES: Readonly<Record<string, readonly [fc.Arbitrary<object>, "spec" | "top"]>> = {
  "split.smi-spec.io/v1alpha1": [split(quantity, false), "spec"],
  "split.smi-spec.io/v1alpha2": [split(wholeWeight, false), "spec"],
  "split.smi-spec.io/v1alpha3": [split(wholeWeight, true), "spec"],
  "split.smi-spec.io/v1alpha4": [split(wholeWeight, true), "spec"],
  "access.smi-spec.io/v1alpha1": [target("specs", true), "top"],
  "access.smi-spec.io/v1alpha2": [target("rules", true), "spec"],
  "access.smi-spec.io/v1alpha3": [target("rules", false), "spec"],
  "HTTPRouteGroup v1alpha1": [group(null), "top"],
  "HTTPRouteGroup v1alpha2": [group(headerMap), "top"],
  "HTTPRouteGroup v1alpha3": [group(headerMap), "spec"],
  "HTTPRouteGroup v1alpha4": [group(headerList), "spec"],
  "TCPRoute v1alpha1": [fc.constant({}), "top"],
  "TCPRoute v1alpha2": [fc.constant({}), "top"],
  "TCPRoute v1alpha3": [fc.constant({}), "top"],
  "TCPRoute v1alpha4": [fc.record({ matches: fc.record({ ports: fc.array(port, { maxLength: 3 }) }) }), "spec"],
};

const metadata = fc.record(
  {
    name,
    namespace: name,
    uid: fc.uuid(),
    resourceVersion: fc.nat().map(String),
    creationTimestamp: fc.constant("2024-05-01T10:00:00Z"),
  },
  { requiredKeys: ["name", "namespace"] },
);

/** An object of the version with nothing in it but what the version knows. */
function plain(kind: SmiKind, version: string): fc.Arbitrary<KubeObject> {
  const apiVersion = `${SMI_RESOURCES[kind].group}/${version}`;
  const entry = BODIES[apiVersion] ?? BODIES[`${kind} ${version}`];
  if (entry === undefined) throw new Error(`no body for ${kind} ${version}`);
  const [body, place] = entry;
  return fc
    .tuple(metadata, body)
    .map(([meta, fields]) => ({ apiVersion, kind, metadata: meta, ...(place === "spec" ? { spec: fields } : fields) }));
}

const extra = fc.dictionary(fc.stringMatching(/^x-[a-z]{1,5}$/), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2 });

/** The same with fields no SMI version knows in every record of it. */
function decorate(value: unknown, more: readonly object[], depth = 0): unknown {
  if (Array.isArray(value)) return value.map((item, index) => decorate(item, more, depth + index + 1));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([field, inner]) => {
    // A map of headers is data, not a record with fields.
    return [field, field === "headers" ? inner : decorate(inner, more, depth + 1)];
  });
  return { ...Object.fromEntries(entries), ...more[depth % more.length] };
}

const kinds = Object.keys(SMI_RESOURCES) as SmiKind[];
const cases = kinds.flatMap((kind) => SMI_RESOURCES[kind].versions.map((version) => [kind, version] as const));

function value(object: unknown) {
  const reading = readSmi(object);
  if (!reading.ok) throw new Error(JSON.stringify(reading.fields));
  return reading.value;
}

describe.each(cases)("%s %s", (kind, version) => {
  it("is written as it was read", () => {
    fc.assert(
      fc.property(plain(kind, version), (object) => {
        expect(writeSmi(value(object))).toEqual(object);
      }),
    );
  });

  it("keeps what it does not know when it is written over the object", () => {
    fc.assert(
      fc.property(plain(kind, version), fc.array(extra, { minLength: 3, maxLength: 3 }), (object, more) => {
        const decorated = decorate(object, more) as KubeObject;
        expect(writeSmi(value(decorated), decorated)).toEqual(decorated);
      }),
    );
  });

  it("reads the same after it was written over another object of its kind", () => {
    fc.assert(
      fc.property(plain(kind, version), plain(kind, version), (object, base) => {
        expect(value(writeSmi(value(object), base))).toEqual(value(object));
      }),
    );
  });

  it("reads the same in any version that can say it", () => {
    fc.assert(
      fc.property(plain(kind, version), fc.constantFrom(...SMI_RESOURCES[kind].versions), (object, other) => {
        const hub = { ...value(object), apiVersion: `${SMI_RESOURCES[kind].group}/${other}` };
        let written: KubeObject;
        try {
          written = writeSmi(hub, object);
        } catch (error) {
          expect(error).toMatchObject({ code: "unprocessable" });
          return;
        }
        expect(value(written)).toEqual(hub);
      }),
    );
  });
});

describe("readSmi", () => {
  it("never throws, whatever the JSON", () => {
    const anySpec = fc.jsonValue();
    fc.assert(
      fc.property(fc.constantFrom(...cases), anySpec, anySpec, ([kind, version], spec, more) => {
        const apiVersion = `${SMI_RESOURCES[kind].group}/${version}`;
        const object = {
          apiVersion,
          kind,
          metadata: { name: "a", namespace: "b" },
          spec,
          matches: more,
          destination: more,
        };
        expect(typeof readSmi(object).ok).toBe("boolean");
        expect(typeof readSmi(spec).ok).toBe("boolean");
      }),
    );
  });
});
