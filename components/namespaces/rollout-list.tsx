"use client";
import { Refusal } from "@/components/changes/refusal";
import { useMissingRights } from "@/components/data/use-missing-rights";
import { useRestart, useRollouts } from "@/components/data/use-namespace-write";
import { Button } from "@/components/ui/button";
import { Reason } from "@/components/ui/reason";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusMark } from "@/components/ui/status-mark";
import type { Rollout } from "@/lib/contract/namespaces";

/** The Deployments of a namespace, a restart of all of them, and how far it has come. */
export function RolloutList({ namespace }: { namespace: string }) {
  const rollouts = useRollouts(namespace);
  const restart = useRestart(namespace);
  const missing = useMissingRights([{ verb: "patch", kind: "Deployment", namespace }]);
  if (rollouts.error && !rollouts.data) return <Refusal error={rollouts.error} />;
  if (!rollouts.data) return <Skeleton className="h-16 w-full" />;
  const { items } = rollouts.data;
  if (items.length === 0) return <p className="text-ink-3 text-sm">No Deployment here.</p>;
  return (
    <div className="flex flex-col gap-2">
      <ul className="flex flex-col gap-2" aria-live="polite">
        {items.map((one) => (
          <RolloutRow key={one.name} rollout={one} />
        ))}
      </ul>
      {restart.error && <Refusal error={restart.error} />}
      <Button
        size="sm"
        className="self-start"
        busy={restart.isPending}
        disabled={items.some((one) => !one.done)}
        unusableBecause={missing.because}
        onClick={() => restart.mutate()}
      >
        Restart {items.length === 1 ? "its workload" : `its ${items.length} workloads`}
      </Button>
      <Reason id={missing.id} text={missing.text} />
    </div>
  );
}

function RolloutRow({ rollout }: { rollout: Rollout }) {
  const { name, wanted, updated, available, done, restartedAt, problem } = rollout;
  return (
    <li className="text-sm">
      <div className="flex items-center gap-2">
        {!done && <StatusMark status={problem === null ? "degraded" : "failing"} />}
        <span className="wrap-anywhere min-w-0 flex-1">{name}</span>
        <span className="text-ink-2 tabular-nums">
          {done ? `${available} of ${wanted} serve` : `${updated} of ${wanted} new, ${available} serve`}
        </span>
      </div>
      {!done && (
        <progress
          // The browser's own track is as dark as what is done.
          className="h-1 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
          aria-label={`Rollout of ${name}`}
          max={Math.max(1, wanted)}
          value={Math.min(updated, available)}
        />
      )}
      {problem !== null && <p className="wrap-anywhere text-ink-2 text-xs">{problem}</p>}
      {restartedAt !== null && (
        <p className="text-ink-3 text-xs">
          Restarted <RelativeTime at={restartedAt} />
        </p>
      )}
    </li>
  );
}
