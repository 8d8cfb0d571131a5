"use client";
import { useCallback } from "react";
import { useUrlState } from "@/components/shell/url-state";
import { announce } from "@/components/ui/announce";
import { counted } from "@/lib/format/counted";
import { type Focus, type GraphChoice, writeOpen } from "./graph-choice";
import type { Level, Picture } from "./picture";
import { indexOf } from "./picture-index";

interface Seen {
  readonly picture: Picture;
  readonly level: Level;
  readonly choice: GraphChoice;
}

/** What one can do with a node or an edge by mouse, key and panel: each is a change of the URL. */
export function useGraphActions({ picture, level, choice }: Seen) {
  const { get, setUrl } = useUrlState();

  const select = useCallback(
    (id: string | null) => {
      const isNode = id !== null && indexOf(picture).nodes.has(id);
      // A split's line has no details.
      const line = id === null ? undefined : indexOf(picture).edges.get(id);
      const isCall = id !== null && !isNode && line?.kind !== "split" && line?.kind !== "backs";
      setUrl({ node: isNode ? id : null, edge: isCall ? id : null }, "push");
    },
    [picture, setUrl],
  );

  const setOpen = useCallback(
    (open: Iterable<string>, said: string) => {
      // The level is written too: the same address must show the same, however large the mesh is by then.
      setUrl({ level, open: writeOpen(open), node: null, edge: null }, "push");
      announce(said);
    },
    [level, setUrl],
  );

  const expand = useCallback(
    (id: string) => {
      const node = indexOf(picture).nodes.get(id);
      if (node?.folded) {
        const { group, services, workloads } = node.folded;
        setOpen(
          [...choice.open, group],
          `${node.name} opened, ${counted(services, "service")} and ${counted(workloads, "workload")}`,
        );
      } else if (node?.workload) {
        setOpen([...choice.open, id], `${node.name} opened, its workload stands beside it`);
      } else if (node) announce(`Nothing is folded in ${node.name}`);
    },
    [picture, choice, setOpen],
  );

  const collapseGroup = useCallback(
    (group: string) =>
      setOpen(
        // What is inside folds with it.
        [...choice.open].filter((each) => each !== group && !each.startsWith(`${group}/`)),
        `${group} folded`,
      ),
    [choice, setOpen],
  );

  const collapse = useCallback(
    (id: string) => {
      const node = indexOf(picture).nodes.get(id);
      if (!node) return;
      const own = [id, ...node.node.related].find((each) => choice.open.has(each));
      if (own !== undefined) collapseGroup(own);
      else if (level === "namespaces" && choice.open.has(node.group)) collapseGroup(node.group);
      else announce(`${node.name} cannot be folded further at this level`);
    },
    [picture, level, choice, collapseGroup],
  );

  const focus = useCallback(
    (next: Focus | null) =>
      setUrl(
        next === null
          ? { focus: null, up: null, down: null }
          : { focus: next.id, up: String(next.up), down: String(next.down) },
        "push",
      ),
    [setUrl],
  );

  const focusNode = useCallback(
    (id: string) => {
      focus({ id, up: choice.focus?.up ?? 1, down: choice.focus?.down ?? 1 });
      announce(`Only what is one call around ${indexOf(picture).nodes.get(id)?.name ?? id}. Escape leaves.`);
    },
    [picture, choice, focus],
  );

  const showAll = useCallback(() => setUrl({ hide: null, idle: null, unused: null, problems: null }), [setUrl]);

  return {
    selected: selectedIn(picture, get),
    select,
    expand,
    collapse,
    collapseGroup,
    setOpen,
    focus,
    focusNode,
    showAll,
  };
}

/** The id of the drawn node or edge that is selected: of what is folded, what shows it. */
function selectedIn(picture: Picture, get: (name: string) => string | null): string | null {
  const node = get("node");
  if (node !== null) return picture.shownAs.get(node) ?? node;
  return get("edge");
}
