"use client";
import { useMemo, useState } from "react";
import { useScope } from "@/components/shell/scope";
import type { Topology } from "@/lib/contract/topology";
import { withoutOf } from "./filters";
import { type GraphChoice, usualLevel } from "./graph-choice";
import { type Level, type Picture, PictureMaker } from "./picture";
import { focusPicture } from "./picture-focus";

interface Shown {
  readonly level: Level;
  /** What is drawn. */
  readonly picture: Picture;
  /** What is laid out: the picture itself, or all its groups folded when some of them are open. */
  readonly ground: Picture;
  /** How many nodes the filters leave out. */
  readonly left: number;
  /** The chosen focus is in the graph. */
  readonly isFocusThere: boolean;
}

const NOTHING: Picture = { nodes: [], edges: [], shownAs: new Map() };

/** The picture of a topology as it was chosen to be seen. */
export function usePicture(topology: Topology, choice: GraphChoice): Shown {
  const scope = useScope();
  // Once as the page opens: a mesh that grows past the limit must not change its picture under the reader.
  const [usual] = useState(() => usualLevel(topology.edges.length, choice.grouping));
  const [maker] = useState(() => new PictureMaker());
  const chosen = choice.level ?? usual;
  const level = chosen === "namespaces" && choice.grouping === "none" ? "services" : chosen;
  const { hide, withoutIdle, withoutUnused, onlyProblems, open, grouping, focus } = choice;
  const without = useMemo(
    () => withoutOf(topology, { hide, withoutIdle, withoutUnused, onlyProblems }),
    [topology, hide, withoutIdle, withoutUnused, onlyProblems],
  );
  const whole = useMemo(
    () => maker.make(topology, { level, scope, open, grouping, without }),
    [maker, topology, level, scope, open, grouping, without],
  );
  const focused = useMemo(() => (focus === null ? whole : focusPicture(whole, focus)), [whole, focus]);
  const [groundMaker] = useState(() => new PictureMaker());
  const isPartlyOpen = level === "namespaces" && open.size > 0;
  const ground = useMemo(
    () => (isPartlyOpen ? groundMaker.make(topology, { level, scope, grouping, without }) : focused),
    [groundMaker, isPartlyOpen, topology, level, scope, grouping, without, focused],
  );
  return {
    level,
    picture: focused ?? NOTHING,
    ground: ground ?? NOTHING,
    left: without?.nodes.size ?? 0,
    isFocusThere: focused !== null,
  };
}
