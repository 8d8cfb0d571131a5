/** The picture on the screen: a canvas that is painted when something changed, and gestures. Knows nothing of React. */
import { clearView } from "@/lib/picture/clear-view";
import type { Frame, Shade } from "@/lib/picture/frame";
import { edgeAt, nodeAt } from "@/lib/picture/hit";
import type { Ink } from "@/lib/picture/ink";
import type { Places } from "@/lib/picture/layout/flow";
import { type Look, lookOf } from "@/lib/picture/look";
import type { EdgeMetric } from "@/lib/picture/metric";
import { paintFigures, paintGround } from "@/lib/picture/paint";
import type { DrawnFigures } from "@/lib/picture/picture";
import { type Box, boundsOf, regionsOf } from "@/lib/picture/regions";
import { placeOf, type Scene, sceneOf, withPicture } from "@/lib/picture/scene";
import { shadeOf } from "@/lib/picture/shade";
import type { View } from "@/lib/picture/surface";
import { centredView, revealedView, seenBox, toModel, zoomedView } from "@/lib/picture/viewport";
import type { FoundInPicture, Picture } from "../picture";
import { CanvasLayer } from "./canvas-layer";
import { floatingBoxes, freeHeight } from "./floating";
import { type Point, watchGestures } from "./gestures";
import { MotionLayer } from "./motion-layer";
import { Pace } from "./pace";
import { Sliding } from "./sliding";
import { Taps } from "./taps";

export interface GraphHooks {
  /** A node or an edge was clicked; null: the ground. */
  readonly onSelect: (id: string | null) => void;
  /** A node was clicked twice. */
  readonly onExpand: (id: string) => void;
  /** A node was dragged to a new place. Model pixels. */
  readonly onMove: (id: string, place: { x: number; y: number }) => void;
  /** Once: there is something to see. */
  readonly onDrawn?: () => void;
}

export interface GraphHost {
  /** Takes the pointer and has the picture's size. */
  readonly container: HTMLElement;
  /** Beneath the other: regions, and of very many lines all of them. */
  readonly ground: HTMLCanvasElement;
  readonly canvas: HTMLCanvasElement;
  /** Above both: calls that move. */
  readonly motion: HTMLCanvasElement;
  readonly ink: Ink;
}

/** Of more edges than this hovering dims nothing: a pointer on its way would flash the whole picture. */
const MOST_HOVERED = 1500;
/** How near to a line or a node the pointer must be. Pixels of the screen. */
const SLACK = { node: 4, edge: 7 } as const;
/** A gesture is over when nothing came for this long. */
const SETTLE_MS = 120;

const NOTHING: Picture = { nodes: [], edges: [], shownAs: new Map() };

export class GraphView {
  readonly #host: GraphHost;
  readonly #hooks: GraphHooks;
  readonly #ground: CanvasLayer;
  readonly #layer: CanvasLayer;
  readonly #motion: MotionLayer;
  #isGroundOld = true;
  readonly #pace = new Pace();
  readonly #resize: ResizeObserver;
  readonly #endGestures: () => void;
  readonly #watchers = new Set<() => void>();
  #places: Places = new Map();
  #scene: Scene = sceneOf(NOTHING, new Map());
  #look: Look = lookOf(NOTHING, null, new Map());
  #figures: DrawnFigures | null = null;
  #view: View = { zoom: 1, x: 0, y: 0, width: 0, height: 0 };
  #ink: Ink;
  #metric: EdgeMetric = "rate";
  #shade: Shade | null = null;
  #selected: string | null = null;
  #hovered: string | null = null;
  #focused: string | null = null;
  #found: FoundInPicture | null = null;
  #pinned: ReadonlySet<string> = new Set();
  #isFitted = false;
  /** Nobody has zoomed or panned since all of it was fitted into the view. */
  #isWhole = false;
  readonly #taps = new Taps();
  readonly #sliding = new Sliding();
  #slides = false;
  #frame = 0;
  #settle: ReturnType<typeof setTimeout> | null = null;

  constructor(host: GraphHost, hooks: GraphHooks) {
    this.#host = host;
    this.#hooks = hooks;
    this.#ink = host.ink;
    this.#ground = new CanvasLayer(host.ground);
    this.#layer = new CanvasLayer(host.canvas);
    this.#motion = new MotionLayer(host.motion);
    this.#measure();
    this.#endGestures = watchGestures(host.container, {
      nodeAt: (at) => this.#nodeAt(at),
      onTap: (at) => this.#tap(at),
      onHover: (at) => this.#hover(at === null ? null : this.#thingAt(at)),
      onPan: (dx, dy) => this.#glide({ ...this.#view, x: this.#view.x + dx, y: this.#view.y + dy }),
      onZoom: (factor, at) => this.#glide(zoomedView(this.#view, factor, at)),
      onDrag: (node, dx, dy) => this.#drag(node, dx / this.#view.zoom, dy / this.#view.zoom),
      onDrop: (node) => this.#drop(node),
    });
    this.#resize = new ResizeObserver(() => this.#resized());
    this.#resize.observe(host.container);
  }

  /** Shows a picture. Places that stay and ends that stay keep what was worked out for them: only ink is written anew. */
  setPicture(picture: Picture, places: Places, hasRegions = true): void {
    const isSame = places === this.#places && hasRegions === this.#scene.hasRegions;
    const kept = isSame ? withPicture(this.#scene, picture) : null;
    const before = this.#scene;
    this.#places = places;
    this.#scene = kept ?? sceneOf(picture, places, hasRegions);
    // Columns belong to the picture they were made for.
    if (kept === null) {
      this.#figures = null;
      if (this.#slides) this.#sliding.start(before, this.#scene);
      else this.#sliding.stop();
      this.#reshade();
    }
    this.#relook();
    if (kept === null) this.#moved();
    if (!this.#isFitted) this.fit();
  }

  /** Ink by the figures of another instant, for the picture on the screen; null: its own again. */
  setFigures(figures: DrawnFigures | null): void {
    if (figures === this.#figures) return;
    this.#figures = figures;
    this.#relook();
  }

  #relook(): void {
    const { picture, indexOf } = this.#scene;
    const figures = this.#figures?.edges.errorRatio.length === picture.edges.length ? this.#figures : null;
    this.#look = lookOf(picture, figures, indexOf);
    this.#redrawFigures();
  }

  setMetric(metric: EdgeMetric): void {
    this.#metric = metric;
    this.#redrawFigures();
  }

  setInk(ink: Ink): void {
    this.#ink = ink;
    this.redraw();
  }

  /** Whether what is new or makes room slides to its place. */
  setSlides(on: boolean): void {
    this.#slides = on;
  }

  /** Calls as dots along their lines. */
  setMotion(on: boolean): void {
    this.#motion.set(on);
  }

  /** Ids of nodes that stand where they were put. */
  setPinned(pinned: ReadonlySet<string>): void {
    this.#pinned = pinned;
    this.#redrawFigures();
  }

  /** Id of a node or an edge: what is not joined to it is dimmed. */
  setSelected(id: string | null): void {
    this.#selected = id;
    this.#reshade();
  }

  /** What a search found; the rest is dimmed. null: no search. */
  setFound(found: FoundInPicture | null): void {
    this.#found = found;
    this.#reshade();
  }

  setFocused(id: string | null): void {
    this.#focused = id;
    if (id !== null) this.#reveal(id);
    this.#redrawFigures();
  }

  #tap(at: Point): void {
    const twice = this.#taps.twice(this.#nodeAt(at), at);
    if (twice !== null) this.#hooks.onExpand(twice);
    else this.#hooks.onSelect(this.#thingAt(at));
  }

  #hover(id: string | null): void {
    if (id === this.#hovered) return;
    this.#hovered = id;
    this.#host.container.style.cursor = id === null ? "" : "pointer";
    this.#reshade();
  }

  #reshade(): void {
    // Hovering looks ahead only while nothing is selected, so that a selection stays still under the pointer.
    const hovered = this.#scene.from.length > MOST_HOVERED ? null : this.#hovered;
    this.#shade = shadeOf(this.#scene, { found: this.#found, centre: this.#selected ?? hovered });
    this.redraw();
  }

  #nodeAt(at: Point): string | null {
    return nodeAt({ scene: this.#scene, look: this.#look }, toModel(this.#view, at), SLACK.node / this.#view.zoom);
  }

  #thingAt(at: Point): string | null {
    const drawn = { scene: this.#scene, look: this.#look };
    return this.#nodeAt(at) ?? edgeAt(drawn, toModel(this.#view, at), SLACK.edge / this.#view.zoom);
  }

  #drag(id: string, dx: number, dy: number): void {
    const index = this.#scene.indexOf.get(id);
    if (index === undefined) return;
    this.#sliding.stop();
    const { x, y, picture } = this.#scene;
    x[index] = (x[index] ?? 0) + dx;
    y[index] = (y[index] ?? 0) + dy;
    if (this.#scene.hasRegions) this.#scene = { ...this.#scene, regions: regionsOf(picture.nodes, this.#scene) };
    this.redraw();
  }

  #drop(id: string): void {
    const index = this.#scene.indexOf.get(id);
    if (index === undefined) return;
    this.#hooks.onMove(id, {
      x: Math.round(this.#scene.x[index] ?? 0),
      y: Math.round(this.#scene.y[index] ?? 0),
    });
  }

  #measure(): boolean {
    const { clientWidth: width, clientHeight: height } = this.#host.container;
    if (width === this.#view.width && height === this.#view.height) return false;
    this.#view = { ...this.#view, width, height };
    return true;
  }

  #resized(): void {
    if (!this.#measure()) return;
    if (!this.#isFitted || (this.#isWhole && this.#selected === null)) this.fit();
    // The inspector has taken room: what it is about stays in sight.
    else if (this.#selected !== null) this.#reveal(this.#selected);
    // At once: a canvas of another size would be stretched for a frame.
    this.#isGroundOld = true;
    this.#draw();
    this.#moved();
  }

  /** The panel of what is selected has come: on a phone it covers the lower half. */
  revealSelected(): void {
    if (this.#selected !== null) this.#reveal(this.#selected);
  }

  #reveal(id: string): void {
    const at = placeOf(this.#scene, id);
    const view = at === null ? this.#view : revealedView(this.#view, at, freeHeight(this.#host.container));
    if (view !== this.#view) this.#lookAt(view);
  }

  /** What is drawn now, for exports and the minimap. */
  get scene(): Scene {
    return this.#scene;
  }

  /** The whole picture in view; a small one is not blown up. */
  fit(): void {
    const { width, height } = this.#view;
    if (width === 0 || height === 0) return;
    const floating = floatingBoxes(this.#host.container);
    const view = clearView({ scene: this.#scene, look: this.#look }, { width, height }, floating);
    if (view === null) return;
    // Where all is seen from elsewhere nothing can be followed to its place.
    this.#sliding.stop();
    this.#lookAt(view);
    this.#isFitted = true;
    this.#isWhole = true;
  }

  zoomBy(factor: number): void {
    this.#lookAt(zoomedView(this.#view, factor, { x: this.#view.width / 2, y: this.#view.height / 2 }));
  }

  centreOn(point: Point): void {
    this.#lookAt(centredView(this.#view, point));
  }

  #lookAt(view: View): void {
    this.#view = view;
    this.#isWhole = false;
    this.redraw();
    this.#moved();
  }

  /** A step of a gesture: painted when it is due, in between the last painting is moved. */
  #glide(view: View): void {
    this.#view = view;
    this.#isWhole = false;
    this.#moved();
    if (this.#settle) clearTimeout(this.#settle);
    if (this.#pace.isDue(performance.now())) {
      this.redraw();
      return;
    }
    this.#ground.stretch(view);
    this.#layer.stretch(view);
    this.#motion.stretch(view);
    this.#settle = setTimeout(() => this.redraw(), SETTLE_MS);
  }

  /** What is in view, and all there is, in model pixels; and how many pixels of the screen one of them is. */
  overview(): { readonly all: Box; readonly view: Box; readonly zoom: number } | null {
    const all = boundsOf(this.#scene);
    return all === null ? null : { all, view: seenBox(this.#view), zoom: this.#view.zoom };
  }

  /** Called whenever zoom, pan or size changed. Returns the way to stop. */
  onViewport(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  #moved(): void {
    for (const watcher of this.#watchers) watcher();
  }

  /** Paints once in the next frame, however often it is asked. */
  redraw(): void {
    this.#isGroundOld = true;
    this.#redrawFigures();
  }

  #redrawFigures(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw(): void {
    const sliding = this.#sliding.sceneAt(performance.now());
    const frame = this.#shown(sliding ?? this.#scene);
    const ground = this.#isGroundOld ? this.#ground.begin(this.#view) : null;
    const context = this.#layer.begin(this.#view);
    if (!context) return;
    // A repaint of figures alone says little of what a step of a gesture would cost.
    if (ground) {
      this.#pace.begin(performance.now());
      paintGround(ground, frame);
      this.#isGroundOld = false;
    }
    this.#motion.follow(frame, paintFigures(context, frame));
    this.#firstDrawn();
    if (sliding !== null) this.#redrawFigures();
  }

  /** Tells once that there is something to see: for the browser's own timeline, and for tests. */
  #firstDrawn(): void {
    if (this.#scene.x.length === 0 || this.#host.container.dataset.drawn) return;
    this.#host.container.dataset.drawn = "true";
    performance.mark("graph-drawn");
    this.#hooks.onDrawn?.();
  }

  #shown(scene: Scene): Frame {
    return {
      scene,
      look: this.#look,
      figures: this.#figures,
      view: this.#view,
      ink: this.#ink,
      metric: this.#metric,
      shade: this.#shade,
      chosen: this.#selected,
      focused: this.#focused,
      pinned: this.#pinned,
    };
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    if (this.#settle) clearTimeout(this.#settle);
    this.#resize.disconnect();
    this.#endGestures();
    this.#motion.close();
    this.#pace.close();
  }
}
