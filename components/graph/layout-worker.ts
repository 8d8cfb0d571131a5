/** The worker that lays out, started when it is first needed and kept. */
import type { Places } from "@/lib/picture/layout/flow";
import type { LayoutInput } from "@/lib/picture/layout/planned";
import type { LayoutAnswer, LayoutQuestion } from "./layout.worker";

let worker: Worker | null = null;
let turns = 0;
const waiting = new Map<
  number,
  { readonly input: LayoutInput; readonly done: (places: Places) => void; readonly failed: (error: Error) => void }
>();

/** So that it is there when it is asked: it takes a while to start. */
export function startLayoutWorker(): void {
  // Where none may start whoever asks it is told.
  try {
    started();
  } catch {}
}

/** Rejects when the browser lets no worker start, or it stops. */
export function layOutAside(input: LayoutInput): Promise<Places> {
  return new Promise((done, failed) => {
    turns += 1;
    waiting.set(turns, { input, done, failed });
    const question: LayoutQuestion = { turn: turns, input };
    started().postMessage(question);
  });
}

function started(): Worker {
  if (worker) return worker;
  const made = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
  made.onmessage = ({ data }: MessageEvent<LayoutAnswer>) => {
    const question = waiting.get(data.turn);
    waiting.delete(data.turn);
    question?.done(placesOf(question.input, data.points));
  };
  made.onerror = (event) => {
    worker = null;
    made.terminate();
    for (const { failed } of waiting.values()) failed(new Error(event.message || "The layout worker stopped."));
    waiting.clear();
  };
  worker = made;
  return made;
}

function placesOf({ nodes }: LayoutInput, points: Float32Array): Places {
  return new Map(nodes.map(({ id }, index) => [id, { x: points[index * 2] ?? 0, y: points[index * 2 + 1] ?? 0 }]));
}
