import { describe, expect, it } from "vitest";
import { flowLayout } from "./flow";
import { foldedLayoutInput, openInPlace } from "./open";
import { REGION_PADDING } from "./room";

const folded = (name: string) => ({ id: `_/${name}`, namespace: `_/${name}` });
const inside = (group: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `${group}/service/s${index}`, namespace: group }));
const GROUPS = ["a", "b", "c", "d", "e", "f"];
const links = [
  { from: "_/a", to: "_/b" },
  { from: "_/b", to: "_/c" },
  { from: "_/a", to: "_/d" },
  { from: "_/d", to: "_/e" },
];
const base = flowLayout(GROUPS.map(folded), links, "wide");

/** The picture with some groups open, each of 7 nodes. */
function opened(...open: string[]) {
  const nodes = GROUPS.flatMap((name) => (open.includes(name) ? inside(name, 7) : [folded(name)]));
  return { nodes, links: [], orientation: "wide" as const };
}

function boxes(input: ReturnType<typeof opened>) {
  const places = openInPlace(input, base);
  return GROUPS.map((group) => {
    const own = input.nodes.filter(({ id }) => id === `_/${group}` || id.startsWith(`${group}/`));
    const xs = own.map(({ id }) => places.get(id)?.x ?? Number.NaN);
    const ys = own.map(({ id }) => places.get(id)?.y ?? Number.NaN);
    return {
      left: Math.min(...xs) - REGION_PADDING.x,
      right: Math.max(...xs) + REGION_PADDING.x,
      top: Math.min(...ys) - REGION_PADDING.top,
      bottom: Math.max(...ys) + REGION_PADDING.bottom,
    };
  });
}

describe("opening in place", () => {
  it("leaves a folded picture as it is", () => expect(openInPlace(opened(), base)).toEqual(base));

  it("puts a group where it stood, and keeps who is left, right, above and below of whom", () => {
    const places = openInPlace(opened("b"), base);
    const at = (name: string) => places.get(`_/${name}`) ?? { x: Number.NaN, y: Number.NaN };
    const was = (name: string) => base.get(`_/${name}`) ?? { x: Number.NaN, y: Number.NaN };
    for (const one of ["a", "c", "d", "e", "f"]) {
      for (const other of ["a", "c", "d", "e", "f"]) {
        expect(Math.sign(at(one).x - at(other).x)).toBe(Math.sign(was(one).x - was(other).x));
      }
    }
    const xs = [...places].filter(([id]) => id.startsWith("b/")).map(([, { x }]) => x);
    expect((Math.min(...xs) + Math.max(...xs)) / 2).toBeCloseTo(was("b").x, 0);
  });

  it("hides nothing, however many are open", () => {
    for (const open of [["b"], ["a", "b"], ["a", "c", "e"], GROUPS]) {
      const all = boxes(opened(...open));
      all.forEach((one, index) => {
        for (const other of all.slice(index + 1)) {
          const apart =
            one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
          expect(apart).toBe(true);
        }
      });
    }
  });

  it("knows the folded picture from the open one", () => {
    const open = {
      ...opened("b"),
      links: [...links, { from: "b/service/s0", to: "_/c" }, { from: "b/service/s0", to: "b/service/s1" }],
    };
    const input = foldedLayoutInput({
      ...open,
      links: open.links.filter(({ from, to }) => from !== "_/b" && to !== "_/b"),
    });
    expect(input.nodes.map(({ id }) => id).sort()).toEqual(GROUPS.map((name) => `_/${name}`));
    expect(input.links).toContainEqual({ from: "_/b", to: "_/c" });
    expect(input.links.some(({ from, to }) => from === to)).toBe(false);
  });
});
