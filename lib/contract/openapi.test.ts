import { describe, expect, it } from "vitest";
import { z } from "zod";
import { openApi } from "./openapi";
import type { Route } from "./route";
import { ROUTES } from "./routes";

type Json = Record<string, unknown>;
const document = JSON.parse(JSON.stringify(openApi(ROUTES, "1.2.3"))) as Json & {
  paths: Record<string, Record<string, Json & { parameters?: Json[]; responses: Record<string, { content: Json }> }>>;
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

/** Every object under `value`, with the path that leads to it. */
function* objectsIn(value: unknown, path = "#"): Generator<[string, Json]> {
  if (typeof value !== "object" || value === null) return;
  yield [path, value as Json];
  for (const [name, part] of Object.entries(value)) yield* objectsIn(part, `${path}/${name}`);
}

function at(pointer: string): unknown {
  return pointer
    .slice(2)
    .split("/")
    .reduce<unknown>((value, part) => (value as Json | undefined)?.[part], document);
}

describe("openApi", () => {
  it("is an OpenAPI 3.1 document that describes every route once", () => {
    expect(document).toMatchObject({ openapi: "3.1.0", info: { title: "Meshdeck", version: "1.2.3" } });
    expect(operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`).sort()).toEqual(
      Object.values(ROUTES as Readonly<Record<string, Route>>)
        .map(({ path, method }) => `${method} ${path}`)
        .sort(),
    );
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  });

  it("describes exactly the parameters its paths have", () => {
    for (const { path, operation } of operations) {
      const named = (operation.parameters ?? []).filter((one) => one.in === "path").map((one) => `{${one.name}}`);
      expect(named, path).toEqual(path.match(/\{\w+\}/g) ?? []);
    }
  });

  it("asks for the header of writes, and of writes only", () => {
    for (const { method, operation } of operations) {
      const asks = (operation.parameters ?? []).some(
        ({ name, in: place }) => name === "x-meshdeck" && place === "header",
      );
      expect(asks).toBe(method !== "get");
    }
  });

  it("has no reference that leads nowhere", () => {
    const references = [...objectsIn(document)].flatMap(([path, { $ref }]) =>
      typeof $ref === "string" ? [[path, $ref]] : [],
    );
    expect(references.length).toBeGreaterThan(0);
    for (const [path, reference] of references) expect(at(reference ?? ""), path).toBeDefined();
  });

  it("has only schemas that can be read back", () => {
    const schemas = [...objectsIn(document)].flatMap(([path, { schema }]) =>
      schema ? [[path, schema as Json] as const] : [],
    );
    expect(schemas.length).toBeGreaterThan(operations.length);
    for (const [path, { $ref, ...schema }] of schemas) {
      if ($ref === undefined) expect(() => z.fromJSONSchema(schema), path).not.toThrow();
    }
  });
});
