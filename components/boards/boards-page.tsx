"use client";
import { useMemo } from "react";
import { useBoardData } from "@/components/data/use-board-data";
import { useReportPageData } from "@/components/shell/page-data";
import { PageHeader } from "@/components/shell/page-header";
import { useInstant } from "@/components/shell/scope";
import { useUrlState } from "@/components/shell/url-state";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PartialBanner } from "@/components/ui/partial-banner";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { StaleBanner } from "@/components/ui/stale-banner";
import { BUILT_IN, builtIn } from "@/lib/boards/built-in/all";
import type { BuiltInBoard } from "@/lib/boards/built-in/board";
import { BoardGrid } from "./board-grid";
import { RANGES, readRange } from "./ranges";
import { useVariables } from "./use-variables";
import { VariableSelects } from "./variable-selects";

const OPTIONS = BUILT_IN.map(({ id, title, group }) => ({
  value: id,
  label: group === "Mesh" ? title : `OSM: ${title}`,
}));

/** Boards of charts: `?board=` says which, `?service=` and the like what about, `?range=` and `?at=` when. */
export function BoardsPage() {
  const { get, setUrl } = useUrlState();
  const wanted = get("board") ?? "mesh";
  const definition = BUILT_IN.find(({ id }) => id === wanted) ?? null;
  const range = readRange(get("range"));
  const { variables, choices } = useVariables(definition);
  const complete = definition?.needs.every((name) => variables[name] !== null) ?? false;
  const key = JSON.stringify(variables);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the variables by their values
  const board = useMemo(
    () => (definition && complete ? builtIn(definition, variables) : null),
    [definition, complete, key],
  );
  const { data, error, refetch } = useBoardData(board?.panels ?? [], { range, at: useInstant() });
  useReportPageData(data?.at ?? null, data?.queries ?? null);
  const retry = () => void refetch();
  return (
    <>
      {error && data && <StaleBanner at={data.at} message={error.message} hint={error.hint} onRetry={retry} />}
      <PartialBanner parts={data?.partial ?? []} />
      <PageHeader title="Metrics" note={definition?.about}>
        <Select
          small
          aria-label="Board"
          className="w-56 max-sm:w-44"
          value={wanted}
          options={OPTIONS}
          onChange={(board) => setUrl({ board: board === "mesh" ? null : board }, "push")}
        />
        {definition && <VariableSelects board={definition} variables={variables} choices={choices} />}
        <Segmented label="Range of time" options={RANGES} value={range} onChange={(next) => setUrl({ range: next })} />
      </PageHeader>
      <div className="scroll-thin min-h-0 flex-1 overflow-auto p-4 max-sm:p-2">
        {definition === null && <NoBoard id={wanted} />}
        {definition && !complete && choices && <NothingToShow board={definition} />}
        {error && !data && (
          <ErrorState title="The board could not be read" message={error.message} hint={error.hint} onRetry={retry} />
        )}
        {board && (!error || data) && (
          <BoardGrid panels={board.panels} data={data} changes={[]} actionsOf={() => null} />
        )}
        {definition?.missing && <Missing panels={definition.missing} />}
      </div>
    </>
  );
}

function NoBoard({ id }: { id: string }) {
  return (
    <EmptyState title={`There is no board "${id}"`}>
      It may be one of another version, or one kept in another browser. Choose a board above.
    </EmptyState>
  );
}

function NothingToShow({ board }: { board: BuiltInBoard }) {
  return (
    <EmptyState title={`No ${board.needs[0]} to show yet`} command="kubectl get services -A">
      This board is about one {board.needs[0]} of the mesh, and there is none in the namespaces in scope.
    </EmptyState>
  );
}

/** What OSM drew and this board does not, each with its reason. */
function Missing({ panels }: { panels: NonNullable<BuiltInBoard["missing"]> }) {
  return (
    <section aria-label="Not shown here" className="mt-4 max-w-3xl text-sm">
      <h2 className="font-medium text-ink-2 text-xs">Not shown here</h2>
      <dl className="mt-1 flex flex-col gap-1.5">
        {panels.map(({ panel, why }) => (
          <div key={panel}>
            <dt className="inline font-medium">{panel}.</dt> <dd className="inline text-ink-2">{why}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
