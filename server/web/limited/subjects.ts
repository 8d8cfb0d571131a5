/** What a reader may ask figures of, one subject at a time, and make links to. */
import type { ChartSubject } from "@/lib/contract/charts";
import { AppError } from "@/lib/contract/errors";
import type { EmbedView } from "@/lib/embeds/view";
import { parseKey } from "@/lib/kube/refs";
import { mayRead, type Scope, sees, seesNamed } from "./scope";

/** Throws `forbidden` with the right it takes. An edge is seen from either end. */
export function refuseUnseen(subject: ChartSubject, scope: Scope): void {
  const name = nameOf(subject, scope);
  if (name !== null) throw unseen(parseKey(name, "").namespace);
}

/** The one that is not seen; null when all is well. */
function nameOf(subject: ChartSubject, scope: Scope): string | null {
  switch (subject.kind) {
    case "edge":
      return seesNamed(scope, subject.source) || seesNamed(scope, subject.target) ? null : subject.target;
    case "service":
      return seesNamed(scope, subject.service) ? null : subject.service;
    case "workload":
      return seesNamed(scope, subject.workload) ? null : subject.workload;
    case "split":
      return mayRead(scope, "trafficSplits", parseKey(subject.split, "").namespace) ? null : subject.split;
  }
}

/** Whoever makes a link shows what they see themselves: the link is as good as their own eyes, until it ends. */
export function refuseUnseenView(view: EmbedView, scope: Scope): void {
  switch (view.kind) {
    case "service":
      refuseUnseen({ kind: "service", service: view.service }, scope);
      return;
    case "graph": {
      const hidden = view.namespaces.find((namespace) => !sees(scope, namespace));
      if (hidden !== undefined) throw unseen(hidden);
      if (view.namespaces.length === 0) throw wholeMesh("A graph without namespaces");
      return;
    }
    case "chart":
      if (view.source.of === "measures") throw wholeMesh("A board's chart");
      refuseUnseen(view.source.subject, scope);
  }
}

function unseen(namespace: string): AppError {
  return new AppError("forbidden", `You may read neither pods nor Services of namespace ${namespace}.`, {
    hint: `Ask for a role in ${namespace} with the rule {apiGroups: [""], resources: [pods, services], verbs: [list, watch]}.`,
  });
}

function wholeMesh(what: string): AppError {
  return new AppError("forbidden", `${what} shows the whole mesh, and you may not see all of it.`, {
    hint: "Choose namespaces, a service or a call that you may see.",
  });
}
