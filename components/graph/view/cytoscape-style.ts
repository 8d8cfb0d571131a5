import type { StylesheetJson } from "cytoscape";
import type { Ink } from "@/lib/picture/ink";

/** Model pixels. */
export const NODE_SIZE = { least: 38, most: 54 } as const;

/** The ink of nodes and lines. Rings, marks and labels of edges are drawn by the overlay; all colours come from the theme's tokens. */
export function cytoscapeStyle(ink: Ink): StylesheetJson {
  return [
    {
      selector: "node",
      style: {
        width: "data(size)",
        height: "data(size)",
        shape: "round-rectangle",
        "background-color": ink.surface,
        "border-width": 1.5,
        "border-color": ink["line-strong"],
        "overlay-opacity": 0,
      },
    },
    { selector: "node.workload", style: { shape: "ellipse" } },
    { selector: "node.tcp", style: { shape: "barrel" } },
    { selector: "node.external", style: { "border-style": "dashed", "background-opacity": 0 } },
    { selector: "node.degraded", style: { "border-color": ink.warn, "border-width": 2 } },
    { selector: "node.failing", style: { "border-color": ink.fail, "border-width": 2.5 } },
    {
      selector: "edge",
      style: {
        width: "data(width)",
        "curve-style": "unbundled-bezier",
        "control-point-distances": "data(bend)",
        "control-point-weights": [0.5],
        "line-color": ink["line-strong"],
        "target-arrow-color": ink["line-strong"],
        "target-arrow-shape": "triangle",
        "arrow-scale": 0.9,
        "target-distance-from-node": 5,
        "source-distance-from-node": 4,
        "overlay-opacity": 0,
      },
    },
    { selector: "edge.degraded", style: { "line-color": ink.warn, "target-arrow-color": ink.warn } },
    { selector: "edge.failing", style: { "line-color": ink.fail, "target-arrow-color": ink.fail } },
    {
      selector: "edge.idle",
      style: {
        "line-color": ink.idle,
        "target-arrow-color": ink.idle,
        "line-style": "dotted",
        "target-arrow-shape": "vee",
        "arrow-scale": 0.7,
      },
    },
    {
      // Short dashes of a broad line: hatching across the way.
      selector: "edge.denied",
      style: {
        "line-color": ink.denied,
        "target-arrow-color": ink.denied,
        width: 7,
        "line-style": "dashed",
        "line-dash-pattern": [2, 4],
        "arrow-scale": 0.5,
      },
    },
    {
      selector: "edge.split, edge.backs",
      style: {
        width: 1,
        "line-color": ink["line-strong"],
        "target-arrow-shape": "none",
        "line-style": "dashed",
        "line-dash-pattern": [5, 4],
        "line-opacity": 0.7,
      },
    },
    { selector: "edge.chosen", style: { "line-color": ink.accent, "target-arrow-color": ink.accent, "z-index": 10 } },
    { selector: "node.chosen", style: { "border-color": ink.accent, "border-width": 3 } },
    { selector: ".dim", style: { opacity: 0.25 } },
  ];
}
