"use client";
import { Pencil, Save, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { useBoardData } from "@/components/data/use-board-data";
import { useInstant } from "@/components/shell/scope";
import { useUrlState } from "@/components/shell/url-state";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { MenuItem, MenuLine } from "@/components/ui/menu";
import { decodeBoard, encodeBoard } from "@/lib/boards/codec";
import { movePanel, removePanel } from "@/lib/boards/layout";
import type { Board, Panel } from "@/lib/boards/panel";
import { MoveHandle, type OnPlace, ResizeCorner } from "./arrange";
import { BoardFrame } from "./board-frame";
import { BoardGrid } from "./board-grid";
import { BoardPicker } from "./board-picker";
import { BoardTitle } from "./board-title";
import { ExportButton } from "./export-button";
import { forgetBoard, freeTitle, isKept, keepBoard, useOwnBoards } from "./own-boards";
import { PanelDialog } from "./panel-dialog";
import { PanelMenu } from "./panel-menu";
import { readRange } from "./ranges";
import { useBoardChanges } from "./use-board-changes";

const FIRST_PLACE = { x: 0, y: 0, w: 6, h: 5 } as const;

/** A board of one's own. The URL is the board; what is kept in this browser follows it while both are the same. */
export function OwnBoardView({ board }: { board: Board }) {
  const { get, setUrl } = useUrlState();
  const own = useOwnBoards();
  const range = readRange(get("range"));
  const [dragged, setDragged] = useState<readonly Panel[] | null>(null);
  const [asking, setAsking] = useState(false);
  const [edited, setEdited] = useState<number | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  const { data, error, refetch } = useBoardData(board.panels, { range, at: useInstant() });
  const changes = useBoardChanges(data, null);
  const text = encodeBoard(board);
  const kept = own[board.title] === text;

  function change(next: Board): void {
    // As it is by now, not as it was drawn last: keys come faster than that.
    const before = boardInUrl() ?? board;
    if (isKept(before)) keepBoard(next, before.title);
    setUrl({ own: encodeBoard(next) }, "push");
  }
  function remove(index: number): void {
    change({ ...board, panels: removePanel(board.panels, index) });
  }
  const onPlace =
    (index: number): OnPlace =>
    (move, done) => {
      const now = boardInUrl() ?? board;
      const from = now.panels[index]?.place ?? FIRST_PLACE;
      const panels = movePanel(now.panels, index, move(from));
      setDragged(done ? null : panels);
      if (done) change({ ...now, panels });
      return panels[index]?.place ?? from;
    };
  const gridWidth = () => grid.current?.clientWidth ?? 0;
  const shown = dragged ?? board.panels;
  const panel = edited === null ? undefined : board.panels[edited];
  return (
    <BoardFrame
      note={kept ? "kept in this browser" : "came by its link, not kept here"}
      data={data}
      error={error}
      onRetry={() => void refetch()}
      controls={
        <>
          <BoardPicker value={`own ${board.title}`} own={{ ...own, [board.title]: text }} />
          <BoardTitle title={board.title} onRename={(title) => change({ ...board, title: freeTitle(own, title) })} />
          {!kept && (
            <Button size="sm" icon={<Save size={14} aria-hidden="true" />} onClick={() => keepBoard(board)}>
              {Object.hasOwn(own, board.title) ? "Replace the kept one" : "Keep in this browser"}
            </Button>
          )}
          <ExportButton title={board.title} body={{ of: "own", range, board }} />
          {Object.hasOwn(own, board.title) && (
            <Button size="sm" icon={<Trash2 size={14} aria-hidden="true" />} onClick={() => setAsking(true)}>
              Delete
            </Button>
          )}
        </>
      }
    >
      {board.panels.length === 0 && (
        <EmptyState title="No chart on this board yet">
          Every chart has a menu: open it on the graph, a service or another board, and add the chart to this one.
        </EmptyState>
      )}
      <BoardGrid
        ref={grid}
        panels={shown}
        data={data}
        changes={changes}
        actionsOf={(each, index, figures) => (
          <>
            <MoveHandle panel={each} gridWidth={gridWidth} onPlace={onPlace(index)} />
            <PanelMenu panel={each} data={figures} range={range}>
              <MenuItem onSelect={() => setEdited(index)}>
                <Pencil size={14} aria-hidden="true" /> Title and threshold
              </MenuItem>
              <MenuItem onSelect={() => remove(index)}>
                <Trash2 size={14} aria-hidden="true" /> Remove from this board
              </MenuItem>
              <MenuLine />
            </PanelMenu>
          </>
        )}
        cornerOf={(each, index) => <ResizeCorner panel={each} gridWidth={gridWidth} onPlace={onPlace(index)} />}
      />
      {panel && edited !== null && (
        <PanelDialog
          panel={panel}
          onClose={() => setEdited(null)}
          onChange={(next) =>
            change({ ...board, panels: board.panels.map((each, at) => (at === edited ? next : each)) })
          }
        />
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`Delete ${board.title}`}
        confirmLabel={`Delete ${board.title}`}
        onConfirm={() => {
          forgetBoard(board.title);
          setAsking(false);
          setUrl({ own: null }, "push");
        }}
      >
        The board is removed from this browser. Links to it that others have go on working.
      </ConfirmDialog>
    </BoardFrame>
  );
}

function boardInUrl(): Board | null {
  return decodeBoard(new URLSearchParams(location.search).get("own") ?? "");
}
