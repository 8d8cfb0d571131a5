/** Lays a picture out beside the page: plain data in, places out. The last question wins, earlier ones are answered all the same. */
import { layOut } from "@/lib/picture/layout/layouts";
import type { LayoutInput } from "@/lib/picture/layout/planned";

export interface LayoutQuestion {
  readonly turn: number;
  readonly input: LayoutInput;
}

export interface LayoutAnswer {
  readonly turn: number;
  /** In the order of the nodes asked for: x, y, x, y, … Model pixels. */
  readonly points: Float32Array;
}

self.onmessage = ({ data: { turn, input } }: MessageEvent<LayoutQuestion>) => {
  const places = layOut(input);
  const points = new Float32Array(input.nodes.length * 2);
  input.nodes.forEach(({ id }, index) => {
    const place = places.get(id);
    points[index * 2] = place?.x ?? 0;
    points[index * 2 + 1] = place?.y ?? 0;
  });
  const answer: LayoutAnswer = { turn, points };
  self.postMessage(answer, { transfer: [points.buffer] });
};
