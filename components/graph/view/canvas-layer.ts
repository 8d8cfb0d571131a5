/** A canvas at the resolution of the screen, and what it was last drawn for. */
import type { View } from "@/lib/picture/surface";
import { standIn } from "@/lib/picture/viewport";

export class CanvasLayer {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D | null;
  #drawn: View | null = null;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
    canvas.style.transformOrigin = "0 0";
  }

  /** Cleared, in CSS pixels; null before it has a size. */
  begin(view: View): CanvasRenderingContext2D | null {
    const context = this.#context;
    const ratio = window.devicePixelRatio || 1;
    const width = Math.round(view.width * ratio);
    const height = Math.round(view.height * ratio);
    if (!context || width === 0 || height === 0) return null;
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    if (this.#drawn !== null) this.#canvas.style.transform = "";
    this.#drawn = view;
    return context;
  }

  /** Shows what was drawn last as if seen by `view`: no painting, the browser moves the bitmap. */
  stretch(view: View): void {
    if (this.#drawn === null) return;
    const { x, y, scale } = standIn(this.#drawn, view);
    this.#canvas.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  }

  /** So that a hidden layer holds no bitmap. */
  release(): void {
    this.#canvas.width = 0;
    this.#canvas.height = 0;
    this.#drawn = null;
  }
}
