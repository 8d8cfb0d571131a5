/** Why the matrix shows nothing, and what to do: a sentence for the case there is. */
import type { Access } from "@/lib/contract/access";
import { formatDuration } from "@/lib/time/duration";
import { isMeasured } from "@/lib/topology/measured";
import { arrange, type MatrixFilter } from "./matrix";

export function whyEmpty(access: Access, filter: MatrixFilter): string {
  if (access.destinations.length === 0) {
    return "No Service is in the mesh, so there is nothing to call. Each Service of a meshed namespace is a column here.";
  }
  if (filter.show !== "all" && !isMeasured(access.partial)) {
    if (filter.show === "denied") return "Not known: calls could not be measured. Choose All to see who may call whom.";
    if (access.policyMode === "permissive")
      return "Not known: calls could not be measured. Choose All to see who there is.";
  }
  if (filter.sources.trim() !== "" || filter.destinations.trim() !== "") return whyNamesFindNothing(access, filter);
  if (filter.namespaces !== null) return whyScopeIsEmpty(access, filter);
  switch (filter.show) {
    case "denied":
      return `No call was denied within the ${formatDuration(access.windowSeconds)} that are shown. Choose a longer window above to look further back.`;
    case "filled":
      return whyNobodyCalls(access);
    case "all":
      return whyNothingRuns(access);
  }
}

function whyNamesFindNothing(access: Access, filter: MatrixFilter): string {
  if (brings(access, { ...filter, alsoIdle: true })) {
    return "What is named so runs nothing and calls nobody. Tick “also those that run nothing” to see it, or clear the filters.";
  }
  if (brings(access, { ...filter, namespaces: null })) {
    return "What is named so is not in the chosen namespaces. Choose others, or all, above, or clear the filters.";
  }
  return `Nothing ${SHOWN[filter.show]}is named so. Clear the filters to see all.`;
}

function whyScopeIsEmpty(access: Access, filter: MatrixFilter): string {
  if (brings(access, { ...filter, alsoIdle: true })) {
    return "Nothing that runs is in the chosen namespaces. Choose others above, or tick “also those that run nothing”.";
  }
  if (filter.show !== "all") {
    return `Nothing ${SHOWN[filter.show]}is in the chosen namespaces. Choose others, or all, above.`;
  }
  const { rows, columns } = arrange(access, { ...filter, alsoIdle: true });
  if (rows.length > 0) {
    return "No Service is in the chosen namespaces, and what is there may call no other. Choose others, or all, above.";
  }
  if (columns.length > 0) {
    return "No ServiceAccount is in the chosen namespaces, and none may call what is there. Choose others, or all, above.";
  }
  return "Nothing is in the chosen namespaces. Choose others, or all, above.";
}

function whyNobodyCalls(access: Access): string {
  const within = `within the ${formatDuration(access.windowSeconds)} that are shown`;
  if (access.policyMode === "permissive") return `No calls ${within}. Choose All to see who there is.`;
  const calls = isMeasured(access.partial) ? `no call was made ${within}` : "calls could not be measured";
  const granting = grantingTargets(access);
  return granting === 0
    ? `No TrafficTarget in force lets anybody in, and ${calls}. Choose All to see who there is; a TrafficTarget lets the first one in.`
    : `${targets(granting)} access, but no pod answers a Service as what ${granting === 1 ? "it leads" : "they lead"} to, and ${calls}. Start such a pod with a sidecar, or choose All to see who there is.`;
}

/** All is shown, and no ServiceAccount runs a pod or has anything to do with a Service. */
function whyNothingRuns(access: Access): string {
  if (access.identities.length === 0) {
    return "No ServiceAccount is in the mesh, so there is nobody to call. Each one of a meshed namespace is a row here.";
  }
  const granting = access.policyMode === "permissive" ? 0 : grantingTargets(access);
  const next =
    "Start a pod with a sidecar, or tick “also those that run nothing” to see the ServiceAccounts there are.";
  return granting === 0
    ? `No pod of the mesh runs. ${next}`
    : `${targets(granting)} access, but no pod of the mesh runs that could use or answer it. ${next}`;
}

function targets(granting: number): string {
  return granting === 1 ? "1 TrafficTarget grants" : `${granting} TrafficTargets grant`;
}

function grantingTargets({ policies }: Access): number {
  return policies.filter(({ sources, grants }) => sources.length > 0 && grants.length > 0).length;
}

function brings(access: Access, filter: MatrixFilter): boolean {
  const { rows, columns } = arrange(access, filter);
  return rows.length > 0 && columns.length > 0;
}

const SHOWN = { all: "", filled: "with access or calls ", denied: "with denied calls " } as const;
