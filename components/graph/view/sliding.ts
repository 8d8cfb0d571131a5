/** The one slide that is under way, by the page's clock. */
import type { Scene } from "@/lib/picture/scene";
import { type Slide, slideOf, slidTo } from "@/lib/picture/slide";

/** With the frame that ends it no longer than motion may take here. Milliseconds. */
const SLIDE_MS = 130;

export class Sliding {
  #slide: Slide | null = null;
  /** When its first frame was painted; null until then. Milliseconds. */
  #began: number | null = null;

  start(before: Scene, after: Scene): void {
    this.#slide = slideOf(before, after);
    this.#began = null;
  }

  stop(): void {
    this.#slide = null;
  }

  /** How the scene is to be painted now; null when nothing is under way. */
  sceneAt(now: number): Scene | null {
    if (this.#slide === null) return null;
    this.#began ??= now;
    const progress = (now - this.#began) / SLIDE_MS;
    if (progress < 1) return slidTo(this.#slide, progress);
    // For the browser's own timeline, and for tests.
    performance.measure("graph-slide", { start: this.#began, end: now });
    this.#slide = null;
    return null;
  }
}
