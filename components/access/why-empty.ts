/** Why the matrix shows nothing, and what to do: a sentence for the case there is. */
import type { Access } from "@/lib/contract/access";
import { formatDuration } from "@/lib/time/duration";
import type { MatrixFilter } from "./matrix";

export function whyEmpty(access: Access, filter: MatrixFilter): string {
  if (access.destinations.length === 0) {
    return "No Service is in the mesh, so there is nothing to call. Each Service of a meshed namespace is a column here.";
  }
  if (filter.sources.trim() !== "" || filter.destinations.trim() !== "") {
    return `Nothing ${SHOWN[filter.show]}is named so. Clear the filters to see all.`;
  }
  if (filter.namespaces !== null && filter.show === "all" && !filter.alsoIdle) {
    return "Nothing that runs is in the chosen namespaces. Choose others above, or tick “also those that run nothing”.";
  }
  if (filter.namespaces !== null) {
    return `Nothing ${SHOWN[filter.show]}is in the chosen namespaces. Choose others, or all, above.`;
  }
  switch (filter.show) {
    case "denied":
      return `No call was denied within the ${formatDuration(access.windowSeconds)} that are shown. Choose a longer window above to look further back.`;
    case "filled":
      return access.policyMode === "permissive"
        ? `No calls within the ${formatDuration(access.windowSeconds)} that are shown. Choose All to see who there is.`
        : "Nobody may call anybody, and nobody does. Choose All to see who there is; a TrafficTarget lets the first one in.";
    case "all":
      return "No ServiceAccount runs a meshed pod or has access yet. Tick “also those that run nothing” to see them, or start a pod with a sidecar.";
  }
}

const SHOWN = { all: "", filled: "with access or calls ", denied: "with denied calls " } as const;
