"use client";
import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useProblems } from "@/components/data/use-problems";
import { Button } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";
import { StatusMark } from "@/components/ui/status-mark";
import { PAGES } from "./pages";
import { useSharedQuery } from "./scope";

const MAX_SHOWN = 50;

/** What is wrong with the mesh's objects, each with its sentence and the page that mends it. */
export function ProblemsMenu() {
  const { data } = useProblems();
  const query = useSharedQuery();
  const items = data?.items ?? [];
  const label = items.length === 1 ? "1 problem" : `${items.length} problems`;
  return (
    <Popover
      label="Problems"
      align="end"
      className="w-96"
      trigger={
        <Button variant="quiet" size="sm" aria-label={label} className={items.length > 0 ? "text-warn" : "text-ink-3"}>
          <TriangleAlert size={16} aria-hidden="true" />
          {items.length}
        </Button>
      }
    >
      {items.length === 0 && <p className="px-4 py-3 text-ink-2">No object of the mesh has a problem.</p>}
      <ul>
        {items.slice(0, MAX_SHOWN).map((problem) => {
          const page = PAGES.find((each) => each.kinds.includes(problem.object.kind));
          const name = `${problem.object.namespace}/${problem.object.name}`;
          return (
            <li
              key={`${problem.code}${problem.object.kind}${name}${problem.field}${problem.message}`}
              className="flex gap-2 border-line border-b px-4 py-2 last:border-b-0"
            >
              <span className="mt-0.5">
                <StatusMark status={problem.severity === "error" ? "failing" : "degraded"} label={problem.severity} />
              </span>
              <span className="min-w-0">
                <span className="wrap-anywhere block">{problem.message}</span>
                <span className="text-ink-3 text-xs">
                  {problem.object.kind}{" "}
                  {page ? (
                    <Link href={`${page.path}${query}`} className="text-accent hover:underline">
                      {name}
                    </Link>
                  ) : (
                    name
                  )}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
      {items.length > MAX_SHOWN && <p className="px-4 py-2 text-ink-3 text-xs">{items.length - MAX_SHOWN} more.</p>}
    </Popover>
  );
}
