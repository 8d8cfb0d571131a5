"use client";
import { PageHeader } from "@/components/shell/page-header";
import { useUrlState } from "@/components/shell/url-state";
import { EmptyState } from "@/components/ui/empty-state";
import { BUILT_IN } from "@/lib/boards/built-in/all";
import { decodeBoard } from "@/lib/boards/codec";
import { BoardPicker } from "./board-picker";
import { BuiltInBoardView } from "./built-in-board";
import { OwnBoardView } from "./own-board";
import { useOwnBoards } from "./own-boards";

/** Boards of charts. `?board=` names a built-in one; `?own=` is a whole one of one's own, so that its URL can be shared. */
export function BoardsPage() {
  const { get } = useUrlState();
  const text = get("own");
  const wanted = get("board") ?? "mesh";
  if (text !== null) {
    const board = decodeBoard(text);
    return board ? (
      <OwnBoardView board={board} />
    ) : (
      <NoBoard title="This link is no board">
        It was cut short on its way, or made by another version. Ask for it again, or choose a board above.
      </NoBoard>
    );
  }
  const definition = BUILT_IN.find(({ id }) => id === wanted);
  if (definition) return <BuiltInBoardView key={definition.id} definition={definition} />;
  return (
    <NoBoard title={`There is no board "${wanted}"`}>It may be one of another version. Choose a board above.</NoBoard>
  );
}

function NoBoard({ title, children }: { title: string; children: string }) {
  return (
    <>
      <PageHeader title="Metrics">
        <BoardPicker value="built-in mesh" own={useOwnBoards()} />
      </PageHeader>
      <EmptyState title={title}>{children}</EmptyState>
    </>
  );
}
