import { useMemo } from "react";
import { Diff } from "@/components/ui/diff";
import { type ConfigResource, differences } from "./find-config";

interface ConfigDiffProps {
  readonly left: readonly ConfigResource[];
  readonly right: readonly ConfigResource[];
  readonly find: string;
}

/** Only what two sidecars are given differently. */
export function ConfigDiff({ left, right, find }: ConfigDiffProps) {
  const pairs = useMemo(() => differences(left, right), [left, right]);
  const wanted = find.trim().toLowerCase();
  const shown = pairs.filter((pair) => `${pair.label}\n${pair.left}\n${pair.right}`.toLowerCase().includes(wanted));
  if (pairs.length === 0) return <p className="text-ink-2 text-sm">Both are given the same.</p>;
  if (shown.length === 0) return <p className="text-ink-3 text-sm">No difference holds that text.</p>;
  return (
    <div className="flex flex-col gap-2">
      {shown.map((pair) => (
        <details key={pair.label} className="border-line border-b">
          <summary className="cursor-pointer py-1 text-sm">
            <code className="wrap-anywhere font-mono text-xs">{pair.label}</code>{" "}
            <span className="text-ink-2">
              {pair.right === "" ? "only this one" : pair.left === "" ? "only the other" : "differs"}
            </span>
          </summary>
          <Diff before={pair.left} after={pair.right} beforeLabel="This sidecar" afterLabel="The other" />
        </details>
      ))}
    </div>
  );
}
