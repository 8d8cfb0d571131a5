import { describe, expect, it } from "vitest";
import { makePicture, type PictureOptions } from "@/components/graph/picture";
import { figuresOf } from "@/components/graph/picture-figures";
import type { DrawnFigures } from "@/lib/picture/picture";
import { decodeFrames, topologyAt } from "@/lib/topology/frames";
import { answerOf, framesOf } from "@/test/support/mesh-frames";
import { encrypted, samplesOf } from "@/test/support/mesh-samples";
import { PictureFrames } from "./picture-frames";

/** Calls within and between namespaces, some failing, some refused, some in plaintext; every moment another rate. */
function moment(factor: number) {
  const call = (from: string, to: string, rate: number) => ({
    from,
    cluster: `${to}|80`,
    classes: { "2": rate * factor, "5": factor },
    connections: encrypted(3),
    buckets: { "5": rate * factor, "50": rate * factor + factor, "+Inf": rate * factor + factor },
  });
  const plain = { ...encrypted(3), openedTotal: 6 };
  return samplesOf(
    [
      call("shop/web", "shop/api", 5),
      call("shop/web", "bank/pay", 7),
      { ...call("shop/api", "bank/pay", 3), connections: plain },
      call("bank/pay", "bank/db", 2),
    ],
    [{ from: "shop/web", to: "bank/db", perSecond: factor }],
  );
}

const set = decodeFrames(answerOf(framesOf([moment(1), null, moment(4)])));

function expectSame(ours: DrawnFigures, theirs: DrawnFigures): void {
  for (const part of ["edges", "nodes"] as const) {
    for (const [name, column] of Object.entries(theirs[part])) {
      const own = (ours[part] as Readonly<Record<string, Float32Array>>)[name] ?? new Float32Array(0);
      expect(own.length, name).toBe(column.length);
      column.forEach((value, index) => {
        const shown = own[index] ?? -1;
        if (Number.isNaN(value)) expect(shown, `${part} ${name} ${index}`).toBeNaN();
        else expect(shown, `${part} ${name} ${index}`).toBeCloseTo(value, 3);
      });
    }
  }
}

describe("PictureFrames", () => {
  const levels: readonly PictureOptions[] = [
    { level: "services", scope: null },
    { level: "workloads", scope: null },
    { level: "namespaces", scope: null },
    { level: "workloads", scope: new Set(["bank"]) },
  ];
  it.each(levels)("gives the figures the picture of that moment has, at %o", (options) => {
    // The picture on the screen is the one of another moment: only its structure counts.
    const frames = new PictureFrames(set, makePicture(topologyAt(set, 0), options));
    for (const frame of [2, 0]) expectSame(frames.at(frame), figuresOf(makePicture(topologyAt(set, frame), options)));
  });

  it("knows nothing of a gap", () => {
    const figures = new PictureFrames(set, makePicture(topologyAt(set, 0), { level: "workloads", scope: null })).at(1);
    expect([...figures.edges.requestsPerSecond, ...figures.nodes.inPerSecond].every(Number.isNaN)).toBe(true);
  });

  it("gives other objects each time, so that a view can tell", () => {
    const frames = new PictureFrames(set, makePicture(topologyAt(set, 0), { level: "services", scope: null }));
    const [first, second] = [frames.at(0), frames.at(0)];
    expect(first).not.toBe(second);
    expect(frames.at(0)).toBe(first);
  });
});
