/**
 * Opening folded groups in place: the nodes of each as a block where its one node stood, and everything beside, above and below moved
 * aside by half the block's size. Folding it again brings everything back, as the places of the folded picture are all that is kept.
 */
import { flowLayout, type LayoutNode, type Orientation, type Places, type Point } from "./flow";
import type { Link } from "./layered";

interface PartlyOpen {
  readonly nodes: readonly LayoutNode[];
  readonly links: readonly Link[];
  readonly orientation: Orientation;
}

/** Id of the folded node that a node stands for or comes out of. */
function foldedId({ id, namespace }: LayoutNode): string {
  return id === namespace ? id : `_/${namespace}`;
}

/** The picture as if every group were folded: what the layout of all groups is made from. */
export function foldedLayoutInput({ nodes, links }: PartlyOpen): Pick<PartlyOpen, "nodes" | "links"> {
  const groups = new Map(nodes.map((node) => [node.id, foldedId(node)]));
  const joined = new Map<string, Link>();
  for (const { from, to } of links) {
    const [a, b] = [groups.get(from), groups.get(to)];
    if (a !== undefined && b !== undefined && a !== b) joined.set(`${a}>${b}`, { from: a, to: b });
  }
  return { nodes: [...new Set(groups.values())].map((id) => ({ id, namespace: id })), links: [...joined.values()] };
}

interface Block {
  readonly centre: Point;
  readonly width: number;
  readonly height: number;
  readonly places: Places;
}

/** `folded`: places of all groups as if folded. A group without one stands at the origin. */
export function openInPlace({ nodes, links, orientation }: PartlyOpen, folded: Places): Places {
  const members = new Map<string, LayoutNode[]>();
  for (const node of nodes) {
    const own = members.get(foldedId(node));
    if (own) own.push(node);
    else members.set(foldedId(node), [node]);
  }
  const blocks = new Map<string, Block>();
  for (const [group, own] of members) {
    if (own.some((node) => node.id !== group)) blocks.set(group, blockOf(own, links, orientation));
  }
  const opened = [...blocks].map(([group, block]) => ({ ...block, at: folded.get(group) ?? ORIGIN }));
  const places = new Map<string, Point>();
  for (const [group, own] of members) {
    const at = movedAside(folded.get(group) ?? ORIGIN, opened);
    const block = blocks.get(group);
    for (const { id } of own) {
      const inBlock = block?.places.get(id);
      const off = block && inBlock ? { x: inBlock.x - block.centre.x, y: inBlock.y - block.centre.y } : ORIGIN;
      places.set(id, { x: Math.round(at.x + off.x), y: Math.round(at.y + off.y) });
    }
  }
  return places;
}

const ORIGIN: Point = { x: 0, y: 0 };

function movedAside(point: Point, opened: readonly { at: Point; width: number; height: number }[]): Point {
  let { x, y } = point;
  for (const { at, width, height } of opened) {
    x += (Math.sign(point.x - at.x) * width) / 2;
    y += (Math.sign(point.y - at.y) * height) / 2;
  }
  return { x, y };
}

function blockOf(nodes: readonly LayoutNode[], links: readonly Link[], orientation: Orientation): Block {
  const ids = new Set(nodes.map((node) => node.id));
  const places = flowLayout(
    nodes,
    links.filter(({ from, to }) => ids.has(from) && ids.has(to)),
    orientation,
  );
  const points = [...places.values()];
  const range = (of: (point: Point) => number) => {
    const values = points.map(of);
    return { least: Math.min(...values), most: Math.max(...values) };
  };
  const x = range((point) => point.x);
  const y = range((point) => point.y);
  return {
    centre: { x: (x.least + x.most) / 2, y: (y.least + y.most) / 2 },
    width: x.most - x.least,
    height: y.most - y.least,
    places,
  };
}
