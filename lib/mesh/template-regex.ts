const REPLACED = new Set(["{n}", "{uuid}", "{date}", "{mail}", "{id}", "{long}"]);
const REST = "…";

/** An expression for the whole path that fits every path of a template (lib/calls/template.ts). */
export function templateRegex(template: string): string {
  return template
    .split("/")
    .map((segment) => {
      if (REPLACED.has(segment)) return "[^/]+";
      return segment === REST ? ".*" : segment.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    })
    .join("/");
}
