/** The canvas on which calls move: it runs only while it is wanted, the page is seen and something moves. */
import { TakenRoom } from "@/lib/picture/boxes";
import type { Frame } from "@/lib/picture/frame";
import { paintMotion, type Run, runsOf } from "@/lib/picture/motion";
import type { View } from "@/lib/picture/surface";
import { CanvasLayer } from "./canvas-layer";

/** Enough for the eye, half of what a screen could show. Milliseconds between two steps. */
const STEP_MS = 33;

export class MotionLayer {
  readonly #layer: CanvasLayer;
  #isOn = false;
  #frame: Frame | null = null;
  #runs: readonly Run[] = [];
  #labels = new TakenRoom();
  #request = 0;
  #last = 0;

  constructor(canvas: HTMLCanvasElement) {
    this.#layer = new CanvasLayer(canvas);
  }

  set(on: boolean): void {
    if (on === this.#isOn) return;
    this.#isOn = on;
    if (on && this.#frame) this.follow(this.#frame, this.#labels);
    else this.#stop();
  }

  /** What was painted last: dots go along its lines, and pass beneath its labels. */
  follow(frame: Frame, labels: TakenRoom): void {
    this.#frame = frame;
    this.#labels = labels;
    if (!this.#isOn) return;
    this.#runs = runsOf(frame);
    if (this.#runs.length === 0) this.#stop();
    else if (this.#request === 0) this.#request = requestAnimationFrame((now) => this.#step(now));
  }

  /** See CanvasLayer. */
  stretch(view: View): void {
    if (this.#request !== 0) this.#layer.stretch(view);
  }

  #step(now: number): void {
    this.#request = requestAnimationFrame((next) => this.#step(next));
    if (now - this.#last < STEP_MS || !this.#frame) return;
    this.#last = now;
    const context = this.#layer.begin(this.#frame.view);
    if (context)
      paintMotion(context, this.#runs, {
        seconds: now / 1000,
        ink: this.#frame.ink,
        labels: this.#labels,
      });
  }

  #stop(): void {
    cancelAnimationFrame(this.#request);
    this.#request = 0;
    this.#layer.release();
  }

  close(): void {
    this.#isOn = false;
    this.#stop();
  }
}
