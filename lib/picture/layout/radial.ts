/** Rings around a centre: how many calls away each node is. */
import type { LayoutNode, Places, Point } from "./flow";
import type { Link } from "./layered";

/** Model pixels between rings, and along a ring between two nodes with their names. */
const RING = 170;
const ALONG = 140;

/** `centre` in the middle; without one the nodes that nothing calls are the innermost ring. What no call reaches stands outermost. */
export function radialLayout(nodes: readonly LayoutNode[], links: readonly Link[], centre: string | null): Places {
  const sorted = [...nodes].sort((a, b) => compare(a.namespace, b.namespace) || compare(a.id, b.id));
  const near = neighboursOf(sorted, links);
  const rings = ringsOf(sorted, links, { near, centre });
  const angle = new Map<string, number>();
  const places = new Map<string, Point>();
  let radius = 0;
  for (const ring of rings) {
    const ordered = byParents(ring, { near, angle });
    let from = 0;
    while (from < ordered.length) {
      if (places.size > 0 || ordered.length > 1) radius += RING;
      // A ring that is full goes on as another around it.
      const room = radius === 0 ? 1 : Math.max(3, Math.floor((2 * Math.PI * radius) / ALONG));
      const part = ordered.slice(from, from + room);
      spread(part, { radius, angle, places, near });
      from += room;
    }
  }
  return places;
}

type Neighbours = ReadonlyMap<string, readonly string[]>;

function neighboursOf(nodes: readonly LayoutNode[], links: readonly Link[]): Neighbours {
  const near = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { from, to } of links) {
    if (from === to || !near.has(from) || !near.has(to)) continue;
    near.get(from)?.push(to);
    near.get(to)?.push(from);
  }
  // Means of angles are sums: in another order they come out another way.
  for (const others of near.values()) others.sort(compare);
  return near;
}

function ringsOf(
  nodes: readonly LayoutNode[],
  links: readonly Link[],
  { near, centre }: { readonly near: Neighbours; readonly centre: string | null },
): readonly (readonly string[])[] {
  const called = new Set(links.filter(({ from, to }) => from !== to).map(({ to }) => to));
  const ids = nodes.map(({ id }) => id);
  const entries = ids.filter((id) => !called.has(id) && (near.get(id)?.length ?? 0) > 0);
  const busiest = [...ids].sort((a, b) => (near.get(b)?.length ?? 0) - (near.get(a)?.length ?? 0)).slice(0, 1);
  const seen = new Set(centre !== null && near.has(centre) ? [centre] : entries.length > 0 ? entries : busiest);
  const place = new Map(ids.map((id, index) => [id, index]));
  const rings: string[][] = [];
  let ring = [...seen];
  while (ring.length > 0) {
    rings.push(ring);
    const next: string[] = [];
    for (const id of ring) {
      for (const other of near.get(id) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        next.push(other);
      }
    }
    ring = next.sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
  }
  const apart = ids.filter((id) => !seen.has(id));
  return apart.length > 0 ? [...rings, apart] : rings;
}

/** Each beside what it is joined to further in, so that few lines cross the middle. Ties keep their order: namespaces stay together. */
function byParents(
  ring: readonly string[],
  { near, angle }: { readonly near: Neighbours; readonly angle: ReadonlyMap<string, number> },
): readonly string[] {
  const wish = new Map(
    ring.map((id) => {
      const parents = (near.get(id) ?? []).flatMap((other) => angle.get(other) ?? []);
      return [id, parents.length === 0 ? Number.POSITIVE_INFINITY : meanAngle(parents)] as const;
    }),
  );
  return [...ring].sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0) || 0);
}

/** On a circle: the mean of 350 and 10 degrees is 0. Between 0 and 2 pi. */
function meanAngle(angles: readonly number[]): number {
  const x = angles.reduce((sum, each) => sum + Math.cos(each), 0);
  const y = angles.reduce((sum, each) => sum + Math.sin(each), 0);
  return (Math.atan2(y, x) + 2 * Math.PI) % (2 * Math.PI);
}

interface Ring {
  /** Model pixels. */
  readonly radius: number;
  readonly angle: Map<string, number>;
  readonly places: Map<string, Point>;
  readonly near: Neighbours;
}

function spread(ids: readonly string[], { radius, angle, places, near }: Ring): void {
  // The whole ring is turned to where its nodes' parents are.
  const off = ids.flatMap((id, index) => {
    const parents = (near.get(id) ?? []).flatMap((other) => angle.get(other) ?? []);
    return parents.length === 0 ? [] : [meanAngle(parents) - (index / ids.length) * 2 * Math.PI];
  });
  const turn = off.length === 0 ? 0 : meanAngle(off);
  ids.forEach((id, index) => {
    const at = (index / ids.length) * 2 * Math.PI + turn;
    angle.set(id, at);
    places.set(id, {
      x: Math.round(radius * Math.cos(at - Math.PI / 2)),
      y: Math.round(radius * Math.sin(at - Math.PI / 2)),
    });
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
