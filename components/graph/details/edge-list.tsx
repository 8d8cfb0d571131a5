"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { InspectorSection } from "@/components/ui/inspector";
import { StatusMark } from "@/components/ui/status-mark";
import { STATUS_WORD } from "@/components/ui/status-word";
import { edgeLabel } from "@/lib/picture/metric";
import { edgeStatus } from "@/lib/picture/status";
import type { PictureCall } from "../picture";

export interface ListedEdge {
  readonly id: string;
  readonly edge: PictureCall;
  /** What it is called here, and small behind it: a namespace. */
  readonly name: string;
  readonly note: string;
}

interface EdgeListProps {
  title: string;
  edges: readonly ListedEdge[];
  /** Opens an edge. */
  onSelect: (id: string) => void;
}

/** Of more than this a panel shows the first, and the rest on demand. */
const FIRST = 20;

/** Edges with state and rate, one a row. */
export function EdgeList({ title, edges, onSelect }: EdgeListProps) {
  const [all, setAll] = useState(false);
  if (edges.length === 0) return null;
  const shown = all ? edges : edges.slice(0, FIRST);
  return (
    <InspectorSection title={title}>
      <ul className="-mx-2">
        {shown.map(({ id, edge, name, note }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => onSelect(id)}
              className="flex min-h-(--control-sm) w-full items-center gap-2 rounded-md px-2 text-left text-sm hover:bg-raised"
            >
              <StatusMark status={edgeStatus(edge)} label={STATUS_WORD[edgeStatus(edge)]} />
              <span className="truncate">{name}</span>
              {note !== "" && <span className="truncate text-ink-3 text-xs">{note}</span>}
              <span className="ml-auto whitespace-nowrap text-ink-2">{edgeLabel(edge, "rate")}</span>
            </button>
          </li>
        ))}
      </ul>
      {edges.length > shown.length && (
        <Button size="sm" variant="quiet" onClick={() => setAll(true)}>
          Show all {edges.length}
        </Button>
      )}
    </InspectorSection>
  );
}
