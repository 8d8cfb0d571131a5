/** One row of the table of routes, and the parameters many of them share. */
import { z } from "zod";
import { RateWindowSchema } from "./window-schema";

/**
 * filtered: what concerns the namespaces they may read. whole-mesh: a refusal that names the right it takes.
 * public: what anybody gets, signed in or not.
 */
export type Limited = "filtered" | "whole-mesh" | "public";

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Parameters in braces, as in OpenAPI. */
  readonly path: string;
  readonly summary: string;
  /** What a signed-in reader gets who may not see the whole mesh. */
  readonly limited: Limited;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** The body may also come from a form of the dashboard's own pages, without a script. */
  readonly bodyForm?: true;
  /** HTTP status of success; 200 when left out. */
  readonly status?: 200 | 201;
  /** JSON; a media type for anything else. */
  readonly answer: z.ZodType | { readonly mediaType: string };
}

/** A Kubernetes name. */
export const NAME = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, {
  error: "must be a Kubernetes name: lower case letters, digits, dots and dashes",
});
/** `namespace/name`. */
export const KEY = z.string().regex(/^[a-z0-9.-]{1,253}\/[a-z0-9.-]{1,253}$/, { error: "must be namespace/name" });

/** The past instant to answer for, unix milliseconds; now when left out. */
export const instant = z.coerce.number().int().positive().optional();

/** The window rates are taken over, with a default. */
export const window = (fallback: string) => RateWindowSchema.default(fallback);
