/**
 * Forces in two steps: the nodes of each namespace among themselves, then the namespaces as discs. So what belongs together stays
 * together, regions do not overlap, and three thousand nodes take a second rather than ten. d3-force draws its random numbers from a
 * fixed seed and begins from a fixed spiral.
 */
import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationLinkDatum,
  type SimulationNodeDatum,
} from "d3-force";
import type { LayoutNode, Places, Point } from "./flow";
import type { Link } from "./layered";
import { REGION_PADDING } from "./room";

interface Disc extends SimulationNodeDatum {
  readonly id: string;
  readonly radius: number;
}

/** A node with its name. Model pixels. */
const NODE_RADIUS = 78;
const REGION_GAP = 30;
/** Steps until it stands still; of very many nodes fewer, as each step is dear. */
const TICKS = { few: 220, many: 110 } as const;
const MANY = 400;

export function forceLayout(nodes: readonly LayoutNode[], links: readonly Link[]): Places {
  const { members, inside, between } = grouped(nodes, links);
  const names = [...members.keys()].sort();
  const ticks = nodes.length > MANY ? TICKS.many : TICKS.few;
  const local = new Map(
    names.map((name) => [name, settled(discsOf(members.get(name) ?? []), inside.get(name) ?? [], ticks)]),
  );
  const regions = names.map((name): Disc => ({ id: name, radius: radiusOf(local.get(name) ?? []) }));
  const places = new Map<string, Point>();
  for (const region of settled(regions, between, TICKS.few)) {
    const { centreX, centreY } = middleOf(local.get(region.id) ?? []);
    for (const disc of local.get(region.id) ?? []) {
      places.set(disc.id, {
        x: Math.round((region.x ?? 0) + (disc.x ?? 0) - centreX),
        y: Math.round((region.y ?? 0) + (disc.y ?? 0) - centreY),
      });
    }
  }
  return places;
}

interface Grouped {
  readonly members: ReadonlyMap<string, readonly string[]>;
  readonly inside: ReadonlyMap<string, readonly Link[]>;
  /** From namespace to namespace. */
  readonly between: readonly Link[];
}

function grouped(nodes: readonly LayoutNode[], links: readonly Link[]): Grouped {
  const groupOf = new Map(nodes.map(({ id, namespace }) => [id, namespace]));
  const members = new Map<string, string[]>();
  const inside = new Map<string, Link[]>();
  const between: Link[] = [];
  for (const { id, namespace } of [...nodes].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const own = members.get(namespace);
    if (own) own.push(id);
    else members.set(namespace, [id]);
    if (!own) inside.set(namespace, []);
  }
  for (const link of [...links].sort((a, b) => (`${a.from}>${a.to}` < `${b.from}>${b.to}` ? -1 : 1))) {
    const from = groupOf.get(link.from);
    const to = groupOf.get(link.to);
    if (from === undefined || to === undefined) continue;
    if (from === to) inside.get(from)?.push(link);
    else between.push({ from, to });
  }
  return { members, inside, between };
}

function discsOf(ids: readonly string[]): readonly Disc[] {
  return ids.map((id) => ({ id, radius: NODE_RADIUS }));
}

/** The discs where forces leave them. Links join by id; several between the same two pull as one. */
function settled(discs: readonly Disc[], links: readonly Link[], ticks: number): readonly Disc[] {
  const unique = new Map(links.map(({ from, to }) => [`${from}>${to}`, { source: from, target: to }]));
  const moving = discs.map((disc) => ({ ...disc }));
  const simulation = forceSimulation(moving)
    .stop()
    .force(
      "link",
      forceLink<Disc, SimulationLinkDatum<Disc>>([...unique.values()])
        .id((disc) => disc.id)
        .distance(({ source, target }) => (source as Disc).radius + (target as Disc).radius + 40)
        .strength(0.25),
    )
    .force(
      "charge",
      forceManyBody<Disc>().strength((disc) => -8 * disc.radius),
    )
    .force("collide", forceCollide<Disc>((disc) => disc.radius).iterations(2))
    .force("x", forceX<Disc>(0).strength(0.04))
    .force("y", forceY<Disc>(0).strength(0.07));
  simulation.tick(ticks);
  // Links pull to the last tick: what they pressed together is set apart without them.
  simulation.force("link", null).force("charge", null).force("x", null).force("y", null).alpha(1).tick(60);
  return moving;
}

interface Middle {
  readonly centreX: number;
  readonly centreY: number;
  readonly width: number;
  readonly height: number;
}

function middleOf(discs: readonly Disc[]): Middle {
  const xs = discs.map((disc) => disc.x ?? 0);
  const ys = discs.map((disc) => disc.y ?? 0);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  return { centreX: (left + right) / 2, centreY: (top + bottom) / 2, width: right - left, height: bottom - top };
}

/** Of the disc that holds the region's rectangle. */
function radiusOf(discs: readonly Disc[]): number {
  const { width, height } = middleOf(discs);
  const tall = height + REGION_PADDING.top + REGION_PADDING.bottom;
  return Math.hypot(width + 2 * REGION_PADDING.x, tall) / 2 + REGION_GAP / 2;
}
