import { StatusMark } from "@/components/ui/status-mark";
import type { Topology } from "@/lib/contract/topology";

type Problem = Topology["problems"][number];

interface ProblemListProps {
  problems: readonly Problem[];
  /** Name the object in front of each sentence: where the list is of several. */
  showObject?: boolean;
}

/** What is wrong with an object, each with the field it is about. Draws nothing when all is well. */
export function ProblemList({ problems, showObject }: ProblemListProps) {
  if (problems.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1">
      {problems.map((problem) => (
        <li
          key={`${problem.object.namespace}/${problem.object.name} ${problem.code} ${problem.field}`}
          className="flex items-start gap-2 text-sm"
        >
          <span className="mt-0.5">
            <StatusMark
              status={problem.severity === "error" ? "failing" : "degraded"}
              label={problem.severity === "error" ? "Error" : "Warning"}
            />
          </span>
          <span className="wrap-anywhere min-w-0">
            {showObject && (
              <span className="text-ink-2">
                {problem.object.kind} {problem.object.namespace}/{problem.object.name}:{" "}
              </span>
            )}
            {problem.message}
            {problem.field && <code className="ml-1 font-mono text-ink-3 text-xs">{problem.field}</code>}
          </span>
        </li>
      ))}
    </ul>
  );
}
