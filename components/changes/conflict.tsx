"use client";
import { Button } from "@/components/ui/button";
import { Diff } from "@/components/ui/diff";
import { StatusMark } from "@/components/ui/status-mark";
import type { KubeObject } from "@/lib/kube/objects";
import { toYaml } from "./yaml-text";

interface ConflictProps {
  /** What would have been written. */
  mine: KubeObject;
  /** The object as it is now. */
  theirs: KubeObject;
  onTakeTheirs: () => void;
  /** The same change again, on top of theirs. */
  onReapply: () => void;
}

/** Someone else changed the object meanwhile: both versions, and nothing was written. */
export function Conflict({ mine, theirs, onTakeTheirs, onReapply }: ConflictProps) {
  return (
    <section role="alert" aria-label="Changed by someone else" className="flex flex-col gap-2">
      <p className="flex items-start gap-2 text-sm">
        <span className="mt-0.5">
          <StatusMark status="degraded" />
        </span>
        <span>
          Someone else changed {mine.kind} {mine.metadata.namespace}/{mine.metadata.name} meanwhile. Nothing was
          written. Left is what is there now, right your change.
        </span>
      </p>
      <Diff before={toYaml(theirs)} after={toYaml(mine)} beforeLabel="Now in the cluster" afterLabel="Yours" />
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={onTakeTheirs}>
          Keep theirs, drop mine
        </Button>
        <Button size="sm" onClick={onReapply}>
          Put mine on top of theirs
        </Button>
      </div>
    </section>
  );
}
