/** Groups of nodes, mostly namespaces, as soft regions beneath them. */
import { formatQuantity, percentQuantity, rateQuantity } from "@/lib/format/number";
import { REGION_PADDING } from "./layout/room";
import type { Look } from "./look";
import type { DrawnPicture } from "./picture";

/** Model pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Region extends Box {
  /** The namespace, or what else its nodes have in common. */
  readonly name: string;
  /** Indices of its nodes. */
  readonly members: readonly number[];
}

/** Members of each group, in the order of the nodes. Independent of places. */
function membersOf(nodes: DrawnPicture["nodes"]): ReadonlyMap<string, readonly number[]> {
  const members = new Map<string, number[]>();
  nodes.forEach(({ group }, index) => {
    if (group === "") return;
    const own = members.get(group);
    if (own) own.push(index);
    else members.set(group, [index]);
  });
  return members;
}

/** One region around the nodes of each group. */
export function regionsOf(nodes: DrawnPicture["nodes"], places: Columns): readonly Region[] {
  return [...membersOf(nodes)].map(([name, members]) => ({ name, members, ...boxAround(members, places) }));
}

interface Columns {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Around nodes with their names. `members` is not empty. */
function boxAround(members: Iterable<number>, { x, y }: Columns): Box {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const index of members) {
    const [atX, atY] = [x[index] ?? 0, y[index] ?? 0];
    box.left = Math.min(box.left, atX - REGION_PADDING.x);
    box.right = Math.max(box.right, atX + REGION_PADDING.x);
    box.top = Math.min(box.top, atY - REGION_PADDING.top);
    box.bottom = Math.max(box.bottom, atY + REGION_PADDING.bottom);
  }
  return box;
}

/** Around all nodes; null without any. */
export function boundsOf(places: Columns): Box | null {
  return places.x.length === 0 ? null : boxAround(places.x.keys(), places);
}

/** "19.6/s in, 4.96/s denied": what the nodes of a region received. "" for nothing. */
export function totalsOf({ members }: Region, { received }: Look): string {
  let succeeded = 0;
  let failed = 0;
  let denied = 0;
  for (const index of members) {
    succeeded += received[index * 3] ?? 0;
    failed += received[index * 3 + 1] ?? 0;
    denied += received[index * 3 + 2] ?? 0;
  }
  const calls = succeeded + failed;
  const parts = calls > 0 ? [`${formatQuantity(rateQuantity(calls))} in`] : [];
  if (failed > 0) parts.push(`${formatQuantity(percentQuantity(failed / calls))} failing`);
  if (denied > 0) parts.push(`${formatQuantity(rateQuantity(denied))} denied`);
  return parts.join(", ");
}
