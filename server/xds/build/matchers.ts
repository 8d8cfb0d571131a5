import { create } from "@bufbuild/protobuf";
import type { GrantRoute } from "@/lib/mesh/model";
import { type HeaderMatcher, HeaderMatcherSchema } from "@/server/xds/gen/envoy/config/route/v3/route_components_pb";

/** The whole value of a header must match the RE2. `host` is HTTP/2's `:authority`, which is what Envoy keeps it as. */
export function headerRegex(name: string, regex: string): HeaderMatcher {
  return create(HeaderMatcherSchema, {
    name: name.toLowerCase() === "host" ? ":authority" : name.toLowerCase(),
    headerMatchSpecifier: {
      case: "stringMatch",
      value: { matchPattern: { case: "safeRegex", value: { regex } } },
    },
  });
}

export function methodIn(methods: readonly string[]): HeaderMatcher {
  return headerRegex(":method", methods.map(escapeRegex).join("|"));
}

/** The headers, and the method as one more of them, that a route asks for. */
export function headersOf(route: GrantRoute): readonly HeaderMatcher[] {
  const methods = route.methods.includes("*") ? [] : route.methods;
  return [
    ...(methods.length > 0 ? [methodIn(methods)] : []),
    ...Object.entries(route.headers).map(([name, regex]) => headerRegex(name, regex)),
  ];
}

function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
