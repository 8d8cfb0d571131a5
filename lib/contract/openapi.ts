/** OpenAPI 3.1 of the routes, from their schemas. */
import { z } from "zod";
import { ErrorBodySchema } from "./error-body";
import { ERROR_STATUS } from "./errors";
import type { Limited, Route } from "./route";

type Json = Readonly<Record<string, unknown>>;

/** The whole document. `version` is the dashboard's. */
export function openApi(routes: Readonly<Record<string, Route>>, version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [name, route] of Object.entries(routes)) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(name, route) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Meshdeck", version, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    servers: [{ url: "/" }],
    paths,
    components: { schemas: { Error: jsonSchema(ErrorBodySchema, "output") } },
  };
}

function operation(operationId: string, route: Route): Json {
  const parameters = [...pathParameters(route), ...queryParameters(route), ...writeHeader(route)];
  return {
    operationId,
    summary: route.summary,
    description: ANSWERED_TO[route.limited],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body ? { requestBody: { required: true, content: bodyOf(route, route.body) } } : {}),
    responses: {
      [String(route.status ?? 200)]: { description: "Success", content: answer(route) },
      default: {
        description: `An error: ${Object.entries(ERROR_STATUS)
          .map(([code, status]) => `${status} ${code}`)
          .join(", ")}`,
        headers: { "Retry-After": { description: "With 429: seconds to wait.", schema: { type: "integer" } } },
        content: json({ $ref: "#/components/schemas/Error" }),
      },
    },
  };
}

/** Where people sign in (MESHDECK_LOGIN). */
const ANSWERED_TO: Readonly<Record<Limited, string>> = {
  filtered: "Who signed in gets what concerns the namespaces they may read; 401 without a session.",
  "whole-mesh": "Who signed in needs the right to list and watch the whole mesh, else 403; 401 without a session.",
  public: "Answered without a session.",
};

function bodyOf(route: Route, body: z.ZodType): Json {
  const schema = jsonSchema(body, "input");
  return { ...json(schema), ...(route.bodyForm ? { "application/x-www-form-urlencoded": { schema } } : {}) };
}

function answer(route: Route): Json {
  return "mediaType" in route.answer
    ? { [route.answer.mediaType]: { schema: { type: "string" } } }
    : json(jsonSchema(route.answer, "output"));
}

function pathParameters(route: Route): Json[] {
  return Object.entries(route.params?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: "path",
    required: true,
    schema: jsonSchema(schema as z.ZodType, "input"),
  }));
}

/** A union of queries (one per kind) is told as its fields; which go together stands in the schema of `kind`. */
function queryParameters(route: Route): Json[] {
  const shapes = route.query ? shapesOf(route.query) : [];
  const fields = new Map<string, z.ZodType[]>();
  for (const shape of shapes) {
    for (const [name, schema] of Object.entries(shape)) fields.set(name, [...(fields.get(name) ?? []), schema]);
  }
  return [...fields].map(([name, schemas]) => {
    const [first, ...others] = schemas.map((schema) => jsonSchema(schema, "input"));
    const same = others.every((other) => JSON.stringify(other) === JSON.stringify(first));
    const everywhere =
      schemas.length === shapes.length && schemas.every((schema) => !schema.safeParse(undefined).success);
    return { name, in: "query", required: everywhere, schema: same ? first : { anyOf: [first, ...others] } };
  });
}

function shapesOf(query: z.ZodType): Readonly<Record<string, z.ZodType>>[] {
  if (query instanceof z.ZodObject) return [query.shape as Readonly<Record<string, z.ZodType>>];
  if (query instanceof z.ZodDiscriminatedUnion) return query.options.flatMap((option) => shapesOf(option as z.ZodType));
  return [];
}

function writeHeader(route: Route): Json[] {
  if (route.method === "GET") return [];
  return [
    {
      name: "x-meshdeck",
      in: "header",
      required: true,
      description: "Shows that the request comes from a program or from the dashboard, not from a form of another site",
      schema: { const: "1" },
    },
  ];
}

function json(schema: Json): Json {
  return { "application/json": { schema } };
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}
