"use client";
import dynamic from "next/dynamic";
import { useCallback, useDeferredValue, useMemo, useRef, useState } from "react";
import { useUrlState } from "@/components/shell/url-state";
import { useUrlText } from "@/components/shell/use-url-text";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { TableSkeleton } from "@/components/ui/skeleton";
import type { Topology } from "@/lib/contract/topology";
import { readLayout } from "@/lib/picture/layout/layout-name";
import { vocabularyOf } from "@/lib/topology/find/complete";
import { find } from "@/lib/topology/find/find";
import { foundIn } from "./found";
import { GraphCanvas } from "./graph-canvas";
import { type GraphChoice, readChoice, VIEW_PARAMETERS } from "./graph-choice";
import { GraphStrip } from "./graph-strip";
import type { Level, Picture } from "./picture";
import { indexOf } from "./picture-index";
import { Summary } from "./summary";
import { GraphToolbar } from "./toolbar/graph-toolbar";
import { viewQuery } from "./toolbar/saved-views-store";
import { useGraphActions } from "./use-graph-actions";
import { useGraphShortcuts } from "./use-graph-shortcuts";
import { useOpenedPlaces } from "./use-opened-places";
import { usePicture } from "./use-picture";
import { usePlaces } from "./use-places";

// The picture is what nearly every visit shows: it comes with the page. Not every visit needs these: they are no part of the first load.
const GraphTable = dynamic(() => import("./graph-table").then((module) => module.GraphTable), {
  ssr: false,
  loading: () => <TableSkeleton label="The table is loading" rows={12} />,
});
const SelectionInspector = dynamic(() => import("./selection-inspector").then((module) => module.SelectionInspector), {
  ssr: false,
});

/** A topology as it was chosen to be seen, with everything that changes the choice. */
export function GraphWorkspace({ topology }: { topology: Topology }) {
  const { get, setUrl } = useUrlState();
  const choice = useMemo(() => readChoice(get), [get]);
  const { level, picture, ground, left, isFocusThere } = usePicture(topology, choice);
  const actions = useGraphActions({ picture, level, choice });
  const layout = readLayout(get("layout"));
  const centre = choice.focus === null ? null : (picture.shownAs.get(choice.focus.id) ?? choice.focus.id);
  // Only layers have a place that a group can be opened in.
  const laidOut = { picture, ground: layout === "layered" ? ground : picture };
  const laid = usePlaces(laidOut.ground, {
    name: layoutName(level, choice),
    layout,
    centre: layout === "radial" ? centre : null,
  });
  const placed = useOpenedPlaces(laidOut, laid);
  const caption = { title: "Service graph", at: topology.at, windowSeconds: topology.windowSeconds };
  const [search, setSearch] = useUrlText("find");
  const sought = useDeferredValue(search);
  const result = useMemo(() => find(topology, sought), [topology, sought]);
  const found = useMemo(() => foundIn(picture, result), [picture, result]);
  const vocabulary = useCallback(() => vocabularyOf(topology), [topology]);
  const searchField = useRef<HTMLInputElement>(null);
  const { selected, select } = actions;
  const [shownInPanel, setShownInPanel] = useState<string | null>(null);
  const close = useCallback(() => select(null), [select]);
  useGraphShortcuts({
    table: choice.table,
    // The panel takes Escape first.
    isFocused: choice.focus !== null && selected === null,
    toSearch: () => searchField.current?.focus(),
    arrange: placed.arrange,
    leaveFocus: () => actions.focus(null),
  });
  const { focus, table } = choice;
  const focusName = focus === null ? null : nameOf(picture, focus.id);
  return (
    <>
      <GraphToolbar
        choice={choice}
        level={level}
        search={search}
        onSearch={setSearch}
        searchField={searchField}
        error={result.ok ? null : result}
        count={found === null ? null : `${found.nodes.size} of ${picture.nodes.length}`}
        vocabulary={vocabulary}
        query={viewQuery((name) => (name === "level" ? level : get(name)), VIEW_PARAMETERS)}
        onChange={setUrl}
      />
      <GraphStrip
        summary={<Summary picture={picture} />}
        open={[...choice.open]}
        onCollapse={actions.collapseGroup}
        onCollapseAll={() => actions.setOpen([], "All folded")}
        focus={focus === null ? null : { hops: focus, name: focusName ?? focus.id, isThere: isFocusThere }}
        onFocus={actions.focus}
        left={left}
        onShowAll={actions.showAll}
      />
      <div className="flex min-h-0 flex-1">
        {picture.nodes.length === 0 ? (
          <NothingLeft focus={focusName} onLeave={() => actions.focus(null)} onShowAll={actions.showAll} />
        ) : table ? (
          <div className="flex min-w-0 flex-1 flex-col bg-surface">
            <GraphTable
              picture={picture}
              found={found}
              selected={selected}
              onSelect={select}
              nodes={choice.listsNodes}
              onNodes={(on) => setUrl({ rows: on ? "nodes" : null })}
            />
          </div>
        ) : (
          <GraphCanvas
            picture={picture}
            placed={placed}
            layout={layout}
            metric={choice.metric}
            caption={caption}
            selected={selected}
            shownInPanel={selected === null ? null : shownInPanel}
            found={found}
            onSelect={select}
            onExpand={actions.expand}
            onCollapse={actions.collapse}
            onFocusNode={actions.focusNode}
            onLayout={(next) => setUrl({ layout: next === "layered" ? null : next })}
          />
        )}
        {selected !== null && (
          <SelectionInspector
            id={selected}
            picture={picture}
            topology={topology}
            onSelect={select}
            onExpand={actions.expand}
            onFocusNode={actions.focusNode}
            onClose={close}
            onShown={setShownInPanel}
          />
        )}
      </div>
    </>
  );
}

/** Places are kept by what is folded and grouped: each has its own. What one focuses on is laid out by itself. */
function layoutName(level: Level, { grouping, focus }: GraphChoice): string {
  const name = grouping === "namespace" ? level : `${level}.${grouping}`;
  return focus === null ? name : `${name}.${focus.id}`;
}

function nameOf(picture: Picture, id: string): string {
  const node = indexOf(picture).nodes.get(picture.shownAs.get(id) ?? id);
  return node?.name ?? id.split("/").slice(1).pop() ?? id;
}

interface NothingLeftProps {
  /** Name of what one focuses on. */
  focus: string | null;
  onLeave: () => void;
  onShowAll: () => void;
}

/** There are services, but the choice leaves none of them. */
function NothingLeft({ focus, onLeave, onShowAll }: NothingLeftProps) {
  if (focus !== null) {
    return (
      <EmptyState
        title={`${focus} is not in the graph now`}
        action={<Button onClick={onLeave}>Leave the focus</Button>}
      >
        Nothing called it in this window, it was deleted, or filters or the chosen namespaces leave it out.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nothing is left to show" action={<Button onClick={onShowAll}>Show what is left out</Button>}>
      The filters and the chosen namespaces leave out every service.
    </EmptyState>
  );
}
