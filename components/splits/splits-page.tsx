"use client";
import { SPLITS_WINDOW } from "@/components/data/paths";
import { useSplits } from "@/components/data/use-splits";
import { useReportPageData } from "@/components/shell/page-data";
import { PageHeader } from "@/components/shell/page-header";
import { PageStates } from "@/components/shell/page-states";
import { useInstant, useScope } from "@/components/shell/scope";
import { useUrlState } from "@/components/shell/url-state";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { Splits } from "@/lib/contract/splits";
import { SplitCard } from "./split-card";

/** Every TrafficSplit of the namespaces in scope. `?split=namespace/name` brings one to the front. */
export function SplitsPage() {
  const result = useSplits(SPLITS_WINDOW, useInstant());
  useReportPageData(result.data?.at ?? null, null);
  return (
    <PageStates title="Splits" unreadable="The splits could not be read" result={result} skeleton={<SplitsSkeleton />}>
      {(splits) => <SplitsContent splits={splits} />}
    </PageStates>
  );
}

function SplitsContent({ splits }: { splits: Splits }) {
  const wanted = useUrlState().get("split");
  const scope = useScope();
  const first = (name: string) => (name === wanted ? 0 : 1);
  const items = splits.items
    .filter((split) => scope === null || scope.has(split.namespace))
    .sort((a, b) => first(`${a.namespace}/${a.name}`) - first(`${b.namespace}/${b.name}`));
  return (
    <>
      <PageHeader
        title="Splits"
        note={`${items.length} ${items.length === 1 ? "TrafficSplit" : "TrafficSplits"}, seen in the last minute`}
      />
      <div className="scroll-thin min-h-0 flex-1 overflow-auto">
        {items.length === 0 ? (
          <EmptyState title="No TrafficSplit yet" command="kubectl apply -f deploy/demo/70-split.yaml">
            A TrafficSplit sends the calls of one service to several others by weight: a canary, a migration, a test.
            Once there is one, its weights are dragged here.
          </EmptyState>
        ) : (
          <div className="mx-auto flex w-full max-w-5xl flex-col gap-4 p-4 max-sm:p-2">
            {items.map((split) => (
              <SplitCard
                key={`${split.namespace}/${split.name}`}
                split={split}
                windowSeconds={splits.windowSeconds}
                selected={wanted === `${split.namespace}/${split.name}`}
              />
            ))}
          </div>
        )}
      </div>
    </>
  );
}

function SplitsSkeleton() {
  return (
    <div role="status" aria-label="Loading the splits" className="mx-auto flex w-full max-w-5xl flex-col gap-4 p-4">
      <Skeleton className="h-72 w-full" />
      <Skeleton className="h-72 w-full" />
    </div>
  );
}
