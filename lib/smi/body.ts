/**
 * Where an SMI object keeps its fields. A cluster that serves several versions without a conversion webhook hands every
 * object out under the version that was asked for, in the layout it was written in. So the object itself decides, and
 * its version only when the object does not.
 */
import type { SmiKind } from "./hub";
import { type Layout, layoutOf } from "./versions";

export type Json = Readonly<Record<string, unknown>>;

/** The fields of each kind that once stood at the top of the object. */
export const BODY_FIELDS: Readonly<Record<SmiKind, readonly string[]>> = {
  TrafficSplit: ["service", "backends", "matches"],
  TrafficTarget: ["destination", "rules", "specs", "sources"],
  HTTPRouteGroup: ["matches"],
  TCPRoute: ["matches"],
};

export function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Where the fields of this object stand: as its version says, unless they are only in the other place. */
export function placeOf(kind: SmiKind, object: Json): Layout["place"] {
  const expected = layoutOf(String(object.apiVersion)).place;
  const inSpec = isRecord(object.spec);
  const atTop = BODY_FIELDS[kind].some((field) => object[field] !== undefined);
  if (expected === "spec" && !inSpec && atTop) return "top";
  if (expected === "top" && !atTop && inSpec) return "spec";
  return expected;
}

/** The name under which this TrafficTarget has its rules. */
export function rulesFieldOf(apiVersion: string, body: Json): Layout["rulesField"] {
  const expected = layoutOf(apiVersion).rulesField;
  const other = expected === "rules" ? "specs" : "rules";
  return body[expected] === undefined && body[other] !== undefined ? other : expected;
}

/** The record that holds the fields; an empty one when there is none. */
export function bodyOf(object: Json, place: Layout["place"]): Json {
  if (place === "top") return object;
  return isRecord(object.spec) ? object.spec : {};
}
