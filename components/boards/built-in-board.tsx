"use client";
import { Copy } from "lucide-react";
import { useMemo } from "react";
import { useBoardData } from "@/components/data/use-board-data";
import { useInstant } from "@/components/shell/scope";
import { useUrlState } from "@/components/shell/url-state";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { builtIn } from "@/lib/boards/built-in/all";
import type { BuiltInBoard } from "@/lib/boards/built-in/board";
import { encodeBoard } from "@/lib/boards/codec";
import { BoardFrame } from "./board-frame";
import { BoardGrid } from "./board-grid";
import { BoardPicker } from "./board-picker";
import { ExportButton } from "./export-button";
import { freeTitle, keepBoard, useOwnBoards } from "./own-boards";
import { PanelMenu } from "./panel-menu";
import { readRange } from "./ranges";
import { useBoardChanges } from "./use-board-changes";
import { useVariables } from "./use-variables";
import { VariableSelects } from "./variable-selects";

/** A built-in board about what its variables say. */
export function BuiltInBoardView({ definition }: { definition: BuiltInBoard }) {
  const { get, setUrl } = useUrlState();
  const own = useOwnBoards();
  const range = readRange(get("range"));
  const { variables, choices, partial } = useVariables(definition);
  const complete = definition.needs.every((name) => variables[name] !== null);
  const key = JSON.stringify(variables);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the variables by their values
  const board = useMemo(() => (complete ? builtIn(definition, variables) : null), [definition, complete, key]);
  const { data, error, refetch } = useBoardData(board?.panels ?? [], { range, at: useInstant() });
  const changes = useBoardChanges(data, variables.namespace);

  function copyBoard(): void {
    if (!board) return;
    const copy = { ...board, title: freeTitle(own, board.title) };
    keepBoard(copy);
    setUrl({ own: encodeBoard(copy), board: null }, "push");
  }
  return (
    <BoardFrame
      note={definition.about}
      partial={partial}
      data={data}
      error={error}
      onRetry={() => void refetch()}
      controls={
        <>
          <BoardPicker value={`built-in ${definition.id}`} own={own} />
          <VariableSelects board={definition} variables={variables} choices={choices} />
          {board && (
            <>
              <Button size="sm" icon={<Copy size={14} aria-hidden="true" />} onClick={copyBoard}>
                Copy to my boards
              </Button>
              <ExportButton title={board.title} body={{ of: "built-in", range, id: definition.id, ...variables }} />
            </>
          )}
        </>
      }
    >
      {!complete && choices && <NothingToShow board={definition} />}
      {board && (
        <BoardGrid
          panels={board.panels}
          data={data}
          changes={changes}
          actionsOf={(panel, _, figures) => <PanelMenu panel={panel} data={figures} range={range} />}
        />
      )}
      {definition.missing && <Missing panels={definition.missing} />}
    </BoardFrame>
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
