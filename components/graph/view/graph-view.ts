/** The picture on the screen: cytoscape for nodes, lines and gestures, one canvas beneath and one above. Knows nothing of React. */
import cytoscape, { type Core, type EventObject } from "cytoscape";
import type { Ink } from "@/lib/picture/ink";
import type { Places } from "@/lib/picture/layout/flow";
import type { EdgeMetric } from "@/lib/picture/metric";
import type { FoundInPicture, Picture } from "../picture";
import { cytoscapeStyle } from "./cytoscape-style";
import { type Drawn, drawnPicture, edgeElement, nodeElement } from "./elements";
import { drawOverlay, type OverlayState } from "./overlay";
import { drawRegions, type Region, regionsOf } from "./regions";

export interface GraphHooks {
  /** A node or an edge was clicked; null: the ground. */
  readonly onSelect: (id: string | null) => void;
  /** A node was dragged to a new place. Model pixels. */
  readonly onMove: (id: string, place: { x: number; y: number }) => void;
  /** Zoom or pan changed, or everything did: for the minimap. */
  readonly onViewport: () => void;
}

export interface GraphHost {
  readonly container: HTMLElement;
  readonly under: HTMLCanvasElement;
  readonly over: HTMLCanvasElement;
  readonly ink: Ink;
}

const FIT_PADDING = 36;
const MOST_ZOOM_OF_FIT = 1.25;
const MANY_EDGES = 300;

export class GraphView {
  readonly #cy: Core;
  readonly #host: GraphHost;
  #ink: Ink;
  #picture: Picture = { nodes: [], edges: [], shownAs: new Map() };
  #regions: readonly Region[] = [];
  #overlay: OverlayState;
  #selected: string | null = null;
  #hovered: string | null = null;
  #frame = 0;
  readonly #resize: ResizeObserver;
  readonly #hooks: GraphHooks;

  constructor(host: GraphHost, hooks: GraphHooks) {
    this.#host = host;
    this.#hooks = hooks;
    this.#ink = host.ink;
    this.#overlay = { nodes: new Map(), edges: new Map(), metric: "rate", focused: null, ink: host.ink };
    this.#cy = cytoscape({
      container: host.container,
      style: cytoscapeStyle(host.ink),
      layout: { name: "preset" },
      minZoom: 0.08,
      maxZoom: 3,
      boxSelectionEnabled: false,
      autounselectify: true,
      textureOnViewport: false,
    });
    this.#cy.on("tap", (event: EventObject) =>
      hooks.onSelect(event.target === this.#cy ? null : String(event.target.id())),
    );
    this.#cy.on("dragfree", "node", (event: EventObject) => {
      const { x, y } = event.target.position();
      hooks.onMove(String(event.target.id()), { x: Math.round(x), y: Math.round(y) });
    });
    this.#cy.on("mouseover", "node, edge", (event: EventObject) => this.#hover(String(event.target.id())));
    this.#cy.on("mouseout", "node, edge", () => this.#hover(null));
    this.#cy.on("render", () => this.#draw());
    this.#cy.on("viewport", () => hooks.onViewport());
    this.#resize = new ResizeObserver(() => {
      this.#cy.resize();
      // The inspector has taken room: what it is about stays in sight.
      if (this.#selected !== null) this.#reveal(this.#selected);
    });
    this.#resize.observe(host.container);
  }

  /** Shows a picture. Ends and ids that stay keep their elements; only data and classes that differ are written. */
  setPicture(picture: Picture, places: Places): void {
    const first = this.#picture.nodes.length === 0;
    this.#picture = picture;
    const drawn = drawnPicture(picture, places);
    this.#cy.batch(() => {
      const wanted = new Set([...drawn.nodes, ...drawn.edges].map((each) => each.id));
      this.#cy.elements().forEach((element) => {
        if (!wanted.has(element.id())) element.remove();
      });
      for (const node of drawn.nodes) this.#put(node, () => nodeElement(node, places.get(node.id) ?? { x: 0, y: 0 }));
      drawn.edges.forEach((edge, index) => {
        const ends = picture.edges[index];
        if (ends) this.#put(edge, () => edgeElement(edge, ends));
      });
      for (const [id, place] of places) {
        const node = this.#cy.getElementById(id);
        if (node.nonempty() && !node.grabbed() && (node.position("x") !== place.x || node.position("y") !== place.y))
          node.position({ ...place });
      }
    });
    this.#regions = regionsOf(picture, places);
    this.#overlay = {
      ...this.#overlay,
      nodes: new Map(picture.nodes.map((node) => [node.id, node])),
      edges: new Map(picture.edges.map((edge) => [edge.id, edge])),
    };
    this.#dim();
    if (first && picture.nodes.length > 0) this.fit();
    this.redraw();
  }

  #put(drawn: Drawn, make: () => Parameters<Core["add"]>[0]): void {
    const element = this.#cy.getElementById(drawn.id);
    if (element.empty()) {
      this.#cy.add(make());
      return;
    }
    for (const [name, value] of Object.entries(drawn.data)) if (element.data(name) !== value) element.data(name, value);
    if (element.scratch("_drawn") !== drawn.classes) {
      element.classes(drawn.classes);
      element.scratch("_drawn", drawn.classes);
    }
  }

  setMetric(metric: EdgeMetric): void {
    this.#overlay = { ...this.#overlay, metric };
    this.redraw();
  }

  setInk(ink: Ink): void {
    this.#ink = ink;
    this.#overlay = { ...this.#overlay, ink };
    this.#cy.style(cytoscapeStyle(ink));
    this.redraw();
  }

  /** Id of a node or an edge: what is not joined to it is dimmed. */
  setSelected(id: string | null): void {
    this.#selected = id;
    this.#dim();
    this.redraw();
  }

  /** What a search found; the rest is dimmed. null: no search. */
  setFound(found: FoundInPicture | null): void {
    this.#found = found;
    this.#dim();
    this.redraw();
  }
  #found: FoundInPicture | null = null;

  setFocused(id: string | null): void {
    this.#overlay = { ...this.#overlay, focused: id };
    if (id !== null) this.#reveal(id);
    this.redraw();
  }

  #hover(id: string | null): void {
    this.#hovered = id;
    this.#host.container.style.cursor = id === null ? "" : "pointer";
    this.#dim();
    this.redraw();
  }

  #dim(): void {
    const cy = this.#cy;
    // Hovering looks ahead only while nothing is selected, so that a selection stays still under the pointer.
    const centre = this.#selected ?? this.#hovered;
    const element = centre === null ? cy.collection() : cy.getElementById(centre);
    cy.batch(() => {
      cy.elements().removeClass("dim chosen");
      if (this.#found !== null) {
        const found = this.#found;
        const nodes = cy.nodes().filter((node) => found.nodes.has(node.id()));
        cy.elements()
          .difference(nodes.union(cy.edges().filter((edge) => found.edges.has(edge.id()))))
          .addClass("dim");
        return;
      }
      if (element.empty()) return;
      const near = element.closedNeighborhood().union(element.connectedNodes());
      cy.elements().difference(near).addClass("dim");
      if (this.#selected !== null) element.addClass("chosen");
    });
  }

  #reveal(id: string): void {
    const element = this.#cy.getElementById(id);
    if (element.empty() || this.#cy.width() === 0) return;
    const shown = element.isNode()
      ? this.#cy.nodes(`[id = ${JSON.stringify(id)}]`)
      : this.#cy.getElementById(id).connectedNodes();
    const node = shown.last();
    const { x, y } = node.renderedPosition();
    const margin = 60;
    const out = x < margin || y < margin || x > this.#cy.width() - margin || y > this.#cy.height() - margin;
    if (out) this.#cy.center(shown);
  }

  /** The whole picture in view; a small one is not blown up. */
  fit(): void {
    const box = this.#bounds();
    if (box === null) return;
    const width = this.#cy.width() - 2 * FIT_PADDING;
    const height = this.#cy.height() - 2 * FIT_PADDING;
    if (width <= 0 || height <= 0) return;
    const zoom = Math.min(MOST_ZOOM_OF_FIT, width / (box.right - box.left), height / (box.bottom - box.top));
    this.#cy.viewport({
      zoom,
      pan: {
        x: this.#cy.width() / 2 - ((box.left + box.right) / 2) * zoom,
        y: this.#cy.height() / 2 - ((box.top + box.bottom) / 2) * zoom,
      },
    });
  }

  zoomBy(factor: number): void {
    const centre = { x: this.#cy.width() / 2, y: this.#cy.height() / 2 };
    this.#cy.zoom({ level: this.#cy.zoom() * factor, renderedPosition: centre });
  }

  /** What is in view, and all there is: model pixels. For the minimap. */
  overview(): { readonly all: Box; readonly view: Box } | null {
    const all = this.#bounds();
    if (all === null) return null;
    const view = this.#cy.extent();
    return { all, view: { left: view.x1, right: view.x2, top: view.y1, bottom: view.y2 } };
  }

  centreOn(point: { x: number; y: number }): void {
    const zoom = this.#cy.zoom();
    this.#cy.pan({ x: this.#cy.width() / 2 - point.x * zoom, y: this.#cy.height() / 2 - point.y * zoom });
  }

  #bounds(): Box | null {
    if (this.#regions.length === 0) return null;
    return {
      left: Math.min(...this.#regions.map((region) => region.left)),
      right: Math.max(...this.#regions.map((region) => region.right)),
      top: Math.min(...this.#regions.map((region) => region.top)),
      bottom: Math.max(...this.#regions.map((region) => region.bottom)),
    };
  }

  /** Draws beneath and above once in the next frame, however often it is asked. */
  redraw(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw(): void {
    const under = prepared(this.#host.under, this.#cy);
    const over = prepared(this.#host.over, this.#cy);
    if (!under || !over) return;
    if (this.#regions.length > 0 && this.#cy.nodes(":grabbed").nonempty()) {
      const places = new Map(this.#cy.nodes().map((node) => [node.id(), { ...node.position() }]));
      this.#regions = regionsOf(this.#picture, places);
    }
    drawRegions(under, this.#regions, { zoom: this.#cy.zoom(), pan: this.#cy.pan(), ink: this.#ink });
    drawOverlay(over, this.#cy, this.#overlay);
    if (this.#picture.edges.length > MANY_EDGES) this.#hooks.onViewport();
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#resize.disconnect();
    this.#cy.destroy();
  }
}

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The canvas cleared, at the screen's resolution; null before it has a size. */
function prepared(canvas: HTMLCanvasElement, cy: Core): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio || 1;
  const width = Math.round(cy.width() * ratio);
  const height = Math.round(cy.height() * ratio);
  const context = canvas.getContext("2d");
  if (!context || width === 0 || height === 0) return null;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, cy.width(), cy.height());
  return context;
}
