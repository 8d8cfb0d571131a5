/** Pointer, wheel and fingers on the picture, told as what they mean. Pixels from the container's upper left corner. */
export interface GestureHooks {
  /** What is under the pointer: only a node can be dragged. */
  readonly nodeAt: (at: Point) => string | null;
  readonly onTap: (at: Point) => void;
  readonly onHover: (at: Point | null) => void;
  readonly onPan: (dx: number, dy: number) => void;
  readonly onZoom: (factor: number, at: Point) => void;
  readonly onDrag: (node: string, dx: number, dy: number) => void;
  readonly onDrop: (node: string) => void;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Less than this is a tap of an unsteady hand. Pixels. */
const STILL = { mouse: 3, touch: 8 } as const;
const WHEEL_SPEED = 0.0016;
/** A line of a wheel that counts lines. Pixels. */
const WHEEL_LINE = 16;

export function watchGestures(element: HTMLElement, hooks: GestureHooks): () => void {
  const fingers = new Map<number, Point>();
  let start: { readonly at: Point; readonly node: string | null } | null = null;
  let moved = false;

  const at = (event: PointerEvent | WheelEvent): Point => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  function down(event: PointerEvent): void {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, at(event));
    if (fingers.size > 1) {
      start = null;
      return;
    }
    start = { at: at(event), node: hooks.nodeAt(at(event)) };
    moved = false;
  }

  function move(event: PointerEvent): void {
    const to = at(event);
    const from = fingers.get(event.pointerId);
    if (from === undefined) {
      if (event.pointerType === "mouse") hooks.onHover(to);
      return;
    }
    const [before, after] = [[...fingers.values()], [...fingers.set(event.pointerId, to).values()]];
    if (fingers.size === 2) {
      pinch(before, after);
      return;
    }
    if (start === null) return;
    const still = event.pointerType === "touch" ? STILL.touch : STILL.mouse;
    if (!moved && Math.hypot(to.x - start.at.x, to.y - start.at.y) < still) {
      // Not yet a drag: when it becomes one it begins where the pointer went down.
      fingers.set(event.pointerId, from);
      return;
    }
    moved = true;
    if (start.node !== null) hooks.onDrag(start.node, to.x - from.x, to.y - from.y);
    else hooks.onPan(to.x - from.x, to.y - from.y);
  }

  function pinch(before: readonly Point[], after: readonly Point[]): void {
    const [a, b, c, d] = [...before, ...after];
    if (!a || !b || !c || !d) return;
    const middle = { x: (c.x + d.x) / 2, y: (c.y + d.y) / 2 };
    hooks.onPan(middle.x - (a.x + b.x) / 2, middle.y - (a.y + b.y) / 2);
    const apart = Math.hypot(a.x - b.x, a.y - b.y);
    if (apart > 0) hooks.onZoom(Math.hypot(c.x - d.x, c.y - d.y) / apart, middle);
  }

  function up(event: PointerEvent): void {
    if (!fingers.delete(event.pointerId) || start === null) return;
    if (!moved && event.type === "pointerup") hooks.onTap(at(event));
    else if (moved && start.node !== null) hooks.onDrop(start.node);
    start = null;
  }

  function wheel(event: WheelEvent): void {
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode === 0 ? 1 : WHEEL_LINE);
    // Fingers on a trackpad pinch as a wheel with Ctrl, in small steps.
    hooks.onZoom(Math.exp(-pixels * WHEEL_SPEED * (event.ctrlKey ? 6 : 1)), at(event));
  }

  const leave = () => hooks.onHover(null);
  const ending = new AbortController();
  const { signal } = ending;
  element.addEventListener("pointerdown", down, { signal });
  element.addEventListener("pointermove", move, { signal });
  element.addEventListener("pointerup", up, { signal });
  element.addEventListener("pointercancel", up, { signal });
  element.addEventListener("pointerleave", leave, { signal });
  element.addEventListener("wheel", wheel, { signal, passive: false });
  return () => ending.abort();
}
