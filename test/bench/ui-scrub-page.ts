/** Runs in the browser for ui-scrub.ts: the view on an empty page, so that nothing but it is measured. */
import { makePicture } from "@/components/graph/picture";
import { figuresOf } from "@/components/graph/picture-figures";
import { GraphView } from "@/components/graph/view/graph-view";
import type { Topology } from "@/lib/contract/topology";
import { INKS } from "@/lib/picture/ink";
import { flowLayout } from "@/lib/picture/layout/flow";
import { layoutLinks, layoutNodes } from "@/lib/picture/layout/input";
import type { DrawnFigures } from "@/lib/picture/picture";

const ground = document.getElementById("b") as HTMLCanvasElement;
const canvas = document.getElementById("c") as HTMLCanvasElement;
const motion = document.getElementById("m") as HTMLCanvasElement;
const container = document.getElementById("g") as HTMLElement;
const view = new GraphView(
  { ground, canvas, motion, container, ink: INKS.dark },
  { onSelect: () => {}, onExpand: () => {}, onMove: () => {} },
);

function prepareScrub(moments: readonly Topology[], frames: number): void {
  const pictures = moments.map((topology) => makePicture(topology, { level: "workloads", scope: null }));
  const [first] = pictures;
  if (!first) return;
  const figures: DrawnFigures[] = pictures.map(figuresOf);
  view.setPicture(first, flowLayout(layoutNodes(first), layoutLinks(first)));
  Object.assign(window, {
    scrub: (what?: "nothing") =>
      new Promise<void>((resolve) => {
        let turn = 0;
        const step = () => {
          if (turn === frames) {
            resolve();
            return;
          }
          if (what !== "nothing") view.setFigures(figures[turn % figures.length] ?? null);
          turn += 1;
          requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
  });
}

Object.assign(window, { prepareScrub });
