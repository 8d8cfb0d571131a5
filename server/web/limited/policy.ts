/**
 * What is judged by all there is and told in part: a change, or a rule, of the reader's own concerns callers they may not
 * see, and saying nothing of those would call it harmless.
 */
import type { CoverageBody, CoverageFinding } from "@/lib/contract/coverage";
import type { AccessChange, WhatIfResult } from "@/lib/contract/what-if";
import { parseKey } from "@/lib/kube/refs";
import { hiddenPolicy } from "../judged";
import { mayRead, mayReadObject, type Scope, seesNamed } from "./scope";

export function limitedWhatIf({ nowDenied, nowAllowed, problems, observed }: WhatIfResult, scope: Scope): WhatIfResult {
  const shown = (changes: readonly AccessChange[]) =>
    changes
      .filter(({ source, destination }) => seesNamed(scope, source) || seesNamed(scope, destination))
      .map((change) => ({ ...change, because: becauseShown(change, scope) }));
  return {
    nowDenied: shown(nowDenied),
    nowAllowed: shown(nowAllowed),
    problems: {
      added: problems.added.filter(({ object }) => mayReadObject(scope, object)),
      removed: problems.removed.filter(({ object }) => mayReadObject(scope, object)),
    },
    observed,
  };
}

/** The reason names policy of the called namespace. */
function becauseShown({ because, destination }: AccessChange, scope: Scope): string {
  const { namespace } = parseKey(destination, "");
  return mayRead(scope, "trafficTargets", namespace) ? because : hiddenPolicy(namespace);
}

/** Findings of the whole mesh about what the reader may read; the counts are those of the reader's part. */
export function limitedCoverage(whole: CoverageBody, own: CoverageBody, scope: Scope): CoverageBody {
  return { ...own, findings: whole.findings.filter((finding) => mayReadSubject(finding, scope)) };
}

/** `namespace/name` of a Service, or `Kind namespace/name`. */
function mayReadSubject({ subject }: CoverageFinding, scope: Scope): boolean {
  const [kind, text] = subject.includes(" ") ? subject.split(" ") : ["Service", subject];
  const { namespace, name } = parseKey(text ?? "", "");
  return mayReadObject(scope, { kind: kind ?? "", namespace, name });
}
