/** Collects problems while a model is made. */
import type { ObjectRef } from "@/lib/kube/refs";
import { PROBLEM_SEVERITY, type Problem, type ProblemCode } from "./problems";
import { compareText } from "./shape";

/** Notes one problem. `message` is one sentence: the field, its value, what follows and what to do. */
export type Report = (code: ProblemCode, object: ObjectRef, field: string, message: string) => void;

export interface Reporter {
  readonly report: Report;
  /** All of them, sorted by object, field and code. */
  sorted(): readonly Problem[];
}

export function createReporter(): Reporter {
  const problems: Problem[] = [];
  return {
    report: (code, { kind, namespace, name }, field, message) => {
      problems.push({ code, severity: PROBLEM_SEVERITY[code], object: { kind, namespace, name }, field, message });
    },
    sorted: () => problems.sort(compareProblems),
  };
}

/** By object, field and code: a total order. */
export function compareProblems(a: Problem, b: Problem): number {
  return (
    compareText(a.object.namespace, b.object.namespace) ||
    compareText(a.object.kind, b.object.kind) ||
    compareText(a.object.name, b.object.name) ||
    compareText(a.field, b.field) ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}
