"use client";
import { useState } from "react";
import { ApiError } from "@/components/data/api-error";
import { useSmiWrite } from "@/components/data/use-smi";
import type { KubeObject } from "@/lib/kube/objects";
import { nameOf, type ObjectChange, writeOf } from "./object-change";

export interface ApplyFailure {
  /** Index of the change that was refused. */
  readonly index: number;
  readonly error: ApiError;
  /** The object as it is now, when somebody changed it meanwhile. */
  readonly live: KubeObject | null;
}

export interface Applying {
  readonly busy: boolean;
  readonly failure: ApplyFailure | null;
  /** Names of what was stored before a later change was refused. */
  readonly stored: readonly string[];
  /** Whether the API server would accept everything; null: not asked. */
  readonly checked: boolean | null;
  /** Resolves to true when everything was written (or, as a dry run, would be). */
  run(changes: readonly ObjectChange[], dryRun: boolean): Promise<boolean>;
  reset(): void;
}

/** Writes several objects in order. All of them are tried without storing first, so a refusal leaves nothing half done. */
export function useApply(): Applying {
  const { mutateAsync } = useSmiWrite();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ApplyFailure | null>(null);
  const [stored, setStored] = useState<readonly string[]>([]);
  const [checked, setChecked] = useState<boolean | null>(null);

  async function pass(changes: readonly ObjectChange[], dryRun: boolean): Promise<boolean> {
    for (const [index, change] of changes.entries()) {
      const write = writeOf(change, dryRun);
      if (!write) continue;
      try {
        await mutateAsync(write);
        if (!dryRun) setStored((names) => [...names, nameOf(change)]);
      } catch (cause) {
        const error = cause instanceof ApiError ? cause : new ApiError({ code: "internal", message: String(cause) });
        setFailure({ index, error, live: error.live });
        return false;
      }
    }
    return true;
  }
  async function run(changes: readonly ObjectChange[], dryRun: boolean): Promise<boolean> {
    setBusy(true);
    setFailure(null);
    setStored([]);
    const accepted = await pass(changes, true);
    setChecked(accepted);
    const done = accepted && (dryRun || (await pass(changes, false)));
    setBusy(false);
    return done;
  }
  return {
    ...{ busy, failure, stored, checked, run },
    reset: () => {
      setFailure(null);
      setStored([]);
      setChecked(null);
    },
  };
}
