/** Whether one HTTP call fits one route, by Envoy's rules: whole path without the query, exact method, whole header values. */
import type { GrantRoute } from "./model";
import { regexOf } from "./regex";

/** What is known of a call. A part that is absent is unknown, not empty. */
export interface HttpCall {
  readonly method?: string;
  /** With or without a query. */
  readonly path?: string;
  /** Names in any case; all headers of the call. */
  readonly headers?: Readonly<Record<string, string>>;
}

export type RoutePart = "method" | "path" | "headers";

export interface RouteFit {
  /** Parts of the call that the route does not allow, in the order a reader looks for them. */
  readonly against: readonly RoutePart[];
  /** Parts the route asks about that are not known of the call. */
  readonly unknown: readonly RoutePart[];
}

export function fitRoute(route: GrantRoute, call: HttpCall): RouteFit {
  const parts: readonly (readonly [RoutePart, boolean | null])[] = [
    ["method", methodFits(route, call)],
    ["path", pathFits(route, call)],
    ["headers", headersFit(route, call)],
  ];
  return {
    against: parts.filter(([, fits]) => fits === false).map(([part]) => part),
    unknown: parts.filter(([, fits]) => fits === null).map(([part]) => part),
  };
}

function methodFits(route: GrantRoute, { method }: HttpCall): boolean | null {
  if (route.methods.length === 0) return true;
  return method === undefined ? null : route.methods.includes(method.toUpperCase());
}

function pathFits(route: GrantRoute, { path }: HttpCall): boolean | null {
  if (route.pathRegex === ".*") return true;
  return path === undefined ? null : matches(route.pathRegex, path.replace(/[?#].*$/s, ""));
}

function headersFit(route: GrantRoute, { headers }: HttpCall): boolean | null {
  const wanted = Object.entries(route.headers);
  if (wanted.length === 0) return true;
  if (headers === undefined) return null;
  const given = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return wanted.every(([name, expression]) => {
    const value = given.get(name) ?? (name === "host" ? given.get(":authority") : undefined);
    return value !== undefined && matches(expression, value);
  });
}

function matches(expression: string, value: string): boolean {
  const regex = regexOf(expression);
  return regex.ok && regex.matches(value);
}

/** The route in words: `GET /books-bought with header client-app`. */
export function routeText(route: GrantRoute): string {
  const methods = route.methods.length === 0 ? "any method" : route.methods.join(" or ");
  const path = route.pathRegex === ".*" ? "any path" : route.pathRegex;
  const headers = Object.entries(route.headers).map(([name, value]) => `${name}: ${value}`);
  return headers.length === 0 ? `${methods} ${path}` : `${methods} ${path} with ${headers.join(", ")}`;
}
