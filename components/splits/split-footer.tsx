"use client";
import { useState } from "react";
import { Conflict } from "@/components/changes/conflict";
import { Refusal } from "@/components/changes/refusal";
import { useWhatBreaks } from "@/components/changes/use-what-breaks";
import { WhatBreaks } from "@/components/changes/what-breaks";
import { toYaml } from "@/components/changes/yaml-text";
import { useMissingRights } from "@/components/data/use-missing-rights";
import { useSmiWrite } from "@/components/data/use-smi";
import { Button } from "@/components/ui/button";
import { Diff } from "@/components/ui/diff";
import { Reason } from "@/components/ui/reason";
import { toast } from "@/components/ui/toasts";
import type { SplitView } from "@/lib/contract/splits";
import type { KubeObject } from "@/lib/kube/objects";
import { objectOf, rebase } from "./draft";
import type { SplitEditing } from "./use-split-draft";
import { fromWeights, percentsText } from "./weights";

interface SplitFooterProps {
  split: SplitView;
  editing: SplitEditing;
  /** Told once the change is stored. */
  onApplied: () => void;
}

/** Stays while there is a draft: what changes, what would break, Preview, Apply. */
export function SplitFooter({ split, editing, onApplied }: SplitFooterProps) {
  const [preview, setPreview] = useState(false);
  const write = useSmiWrite();
  const dryRun = useSmiWrite();
  const { draft } = editing;
  const forecast = useWhatBreaks({ put: [objectOf(draft)] });
  const wanted = percentsText(draft.portions);
  const object = objectOf(draft);
  const name = `${split.namespace}/${split.name}`;
  const missing = useMissingRights([{ verb: "update", kind: "TrafficSplit", namespace: split.namespace }]);
  const live = write.error?.live ?? (editing.overtaken ? split.object : null);

  function apply(change: KubeObject): void {
    write.mutate(
      { verb: "replace", plural: "trafficsplits", object: change },
      {
        onSuccess: () => {
          toast(`Applied ${wanted} to ${name}`);
          editing.discard();
          onApplied();
        },
      },
    );
  }
  function show(): void {
    setPreview(!preview);
    if (!preview && missing.text === null)
      dryRun.mutate({ verb: "replace", plural: "trafficsplits", object, dryRun: true });
  }
  function drop(): void {
    write.reset();
    editing.discard();
  }

  return (
    <section
      aria-label={`Draft of ${name}`}
      className="flex flex-col gap-3 border-line border-t bg-raised/50 px-4 py-3"
    >
      {live ? (
        <Conflict
          mine={object}
          theirs={live}
          onTakeTheirs={drop}
          onReapply={() => {
            write.reset();
            editing.rebaseOn(live);
            apply(objectOf(rebase(draft, live)));
          }}
        />
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <p className="min-w-0 flex-1 text-sm">
              <span className="text-ink-2">{percentsText(fromWeights(draft.before))} becomes </span>
              <span className="font-medium">{wanted}</span>
            </p>
            <div className="flex gap-2">
              <Button size="sm" variant="quiet" onClick={drop}>
                Discard
              </Button>
              <Button size="sm" aria-expanded={preview} onClick={show}>
                Preview
              </Button>
              <Button
                size="sm"
                variant="primary"
                busy={write.isPending}
                unusableBecause={missing.because}
                onClick={() => apply(object)}
              >
                Apply {wanted}
              </Button>
            </div>
            <Reason id={missing.id} text={missing.text} />
          </div>
          <WhatBreaks forecast={forecast} />
          {preview && (
            <>
              <Diff
                before={toYaml(draft.base)}
                after={toYaml(object)}
                beforeLabel="In the cluster"
                afterLabel="Draft"
              />
              {dryRun.isSuccess && <p className="text-ink-2 text-sm">The API server would accept this.</p>}
              {dryRun.error && <Refusal error={dryRun.error} />}
            </>
          )}
          {write.error && <Refusal error={write.error} />}
        </>
      )}
    </section>
  );
}
