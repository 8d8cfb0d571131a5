import { pagePath } from "@/components/services/subject-path";
import type { UrlChange } from "@/components/shell/url-state";
import type { Change } from "@/lib/contract/changes";

/** Where what was changed can be looked at and edited; null for what is gone. */
export function objectPage({
  kind,
  namespace,
  name,
  verb,
}: Pick<Change, "kind" | "namespace" | "name" | "verb">): { readonly path: string; readonly change: UrlChange } | null {
  if (verb === "deleted") return null;
  switch (kind) {
    case "TrafficSplit":
      return { path: "/splits", change: { split: `${namespace}/${name}` } };
    case "TrafficTarget":
    case "HTTPRouteGroup":
    case "TCPRoute":
      return { path: "/access", change: { policy: `${kind}/${namespace}/${name}` } };
    case "MeshConfig":
      return { path: "/settings", change: { view: "mesh" } };
    case "Namespace":
      return { path: "/namespaces", change: { namespace: name } };
    case "Service":
    case "Deployment":
      return { path: pagePath(`${namespace}/${kind.toLowerCase()}/${name}`), change: {} };
    default:
      return null;
  }
}
