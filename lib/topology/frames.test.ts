import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FramesSchema } from "@/lib/contract/frames";
import type { Topology } from "@/lib/contract/topology";
import { toTheEnd } from "@/lib/time/steps";
import { answerOf, framesOf, type Moment, model, objects, START, STEP } from "@/test/support/mesh-frames";
import { samplesOf, type Traffic } from "@/test/support/mesh-samples";
import { buildTopology } from "./build";
import { decodeFrames, frameIndex, frameTime, topologyAt } from "./frames";
import { appendFrames, type MeshFrames } from "./mesh-frames";

const rate = fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 1000, noNaN: true }));
const traffic = (from: string, to: string): fc.Arbitrary<Traffic> =>
  fc
    .record({ ok: rate, bad: rate, refused: rate, opened: fc.nat(50), plain: fc.nat(3), ms: rate })
    .map(({ ok, bad, refused, opened, plain, ms }) => ({
      from,
      cluster: `${to}|80`,
      classes: { "2": ok, "4": refused, "5": bad },
      connections: { openedTotal: opened + plain, failedTotal: 0, handshakesTotal: opened, opened: 0 },
      buckets: { "5": ms, "50": ms + ok, "+Inf": ms + ok + bad },
    }));
const moment: fc.Arbitrary<Moment> = fc.option(
  fc
    .record({
      web: traffic("shop/web", "shop/api"),
      api: traffic("shop/api", "shop/db"),
      denied: rate,
      local: rate,
    })
    .map(({ web, api, denied, local }) =>
      samplesOf(
        [web, api, { from: "shop/api", cluster: "shop/api|80|local", classes: { "2": local, "5": 1 } }],
        [{ from: "shop/web", to: "shop/db", perSecond: denied }],
      ),
    ),
  { freq: 5 },
);
const moments = fc.array(moment, { minLength: 2, maxLength: 8 });

/** Equal to the precision of a code. */
function expectLike(frame: Topology, instant: Topology): void {
  const near = (a: number | null, b: number | null, what: string) => {
    if (a === null || b === null) expect(a, what).toBe(b);
    else expect(Math.abs(a - b), `${what}: ${a} and ${b}`).toBeLessThanOrEqual(Math.abs(b) * 1e-3);
  };
  const shown = new Map(frame.edges.map((edge) => [edge.id, edge]));
  for (const edge of instant.edges) {
    const own = shown.get(edge.id);
    expect(own, edge.id).toBeDefined();
    if (!own) continue;
    near(own.requestsPerSecond, edge.requestsPerSecond, "rate");
    near(own.errorRatio, edge.errorRatio, "errors");
    near(own.deniedPerSecond, edge.deniedPerSecond, "denied");
    near(own.mtlsRatio, edge.mtlsRatio, "mtls");
    for (const q of ["p50", "p95", "p99"] as const) near(own.latencyMs?.[q] ?? null, edge.latencyMs?.[q] ?? null, q);
    expect([own.denied, own.mtls, own.allowed]).toEqual([edge.denied, edge.mtls, edge.allowed]);
  }
  const idle = frame.edges.filter(({ id }) => !instant.edges.some((edge) => edge.id === id));
  for (const edge of idle) expect([edge.requestsPerSecond, edge.deniedPerSecond]).toEqual([0, 0]);
  for (const node of instant.nodes) {
    const own = frame.nodes.find(({ id }) => id === node.id);
    near(own?.inPerSecond ?? null, node.inPerSecond, `${node.id} in`);
    near(own?.outPerSecond ?? null, node.outPerSecond, `${node.id} out`);
    near(own?.errorRatio ?? null, node.errorRatio, `${node.id} errors`);
  }
}

describe("frames", () => {
  it("say of every moment what an instant query would have said, through the answer and back", () => {
    fc.assert(
      fc.property(moments, (all) => {
        const answer = answerOf(framesOf(all));
        const set = decodeFrames(FramesSchema.parse(JSON.parse(JSON.stringify(answer))));
        expect(set.count).toBe(all.length);
        all.forEach((samples, index) => {
          const shown = topologyAt(set, index);
          expect(shown.at).toBe((START + index * STEP) * 1000);
          expect(set.measured[index] === 1).toBe(samples !== null);
          if (samples === null) {
            expect(shown.edges.every(({ errorRatio, mtlsRatio }) => errorRatio === null && mtlsRatio === null)).toBe(
              true,
            );
            return;
          }
          const base = { model, objects, at: shown.at, windowSeconds: 30, queries: { count: 4, ms: 1 }, partial: [] };
          expectLike(shown, buildTopology({ ...base, samples }));
        });
      }),
      { numRuns: 25 },
    );
  }, 30_000);

  it("moved on by their tail are those read at once", () => {
    fc.assert(
      fc.property(moments, moments, (before, after) => {
        const all = [...before, ...after];
        const count = before.length;
        // The tail begins with a frame the one before has too.
        const tail = framesOf([before.at(-1) ?? null, ...after], count - 1);
        fc.pre(after.length + 1 <= count);
        const moved = toTheEnd(appendFrames(framesOf(before), tail));
        const whole = framesOf(all.slice(-count), all.length - count);
        expect(moved.range).toEqual(whole.range);
        expect(answerOf(moved).edgeColumns.requestsPerSecond).toEqual(answerOf(whole).edgeColumns.requestsPerSecond);
        expect(decodeAll(moved)).toEqual(decodeAll(whole));
      }),
      { numRuns: 25 },
    );
  }, 30_000);

  it("tell a gap from a mesh without calls", () => {
    const [quiet] = [samplesOf([{ from: "shop/web", cluster: "shop/api|80", classes: { "2": 0 } }])];
    const busy = samplesOf([{ from: "shop/web", cluster: "shop/api|80", classes: { "2": 5 } }]);
    const set = decodeFrames(answerOf(framesOf([null, quiet ?? null, busy])));
    const rates = [0, 1, 2].map((frame) => set.edgeColumns.requestsPerSecond.at(0, frame));
    expect(rates[0]).toBeNaN();
    expect(rates[1]).toBe(0);
    expect(rates[2]).toBeCloseTo(5, 2);
  });

  it("find the frame nearest to a moment, within the range", () => {
    const set = decodeFrames(answerOf(framesOf([null, null, null])));
    expect(frameIndex(set, 0)).toBe(0);
    expect(frameIndex(set, (START + 1.4 * STEP) * 1000)).toBe(1);
    expect(frameIndex(set, Number.MAX_SAFE_INTEGER)).toBe(2);
    expect(frameTime(set, 2)).toBe((START + 2 * STEP) * 1000);
  });

  it("refuse columns of another size", () => {
    const answer = answerOf(framesOf([samplesOf([{ from: "shop/web", cluster: "shop/api|80", classes: { "2": 5 } }])]));
    expect(() => decodeFrames({ ...answer, edges: [] })).toThrow(RangeError);
  });
});

function decodeAll(frames: MeshFrames) {
  const set = decodeFrames(answerOf(frames));
  return Array.from({ length: set.count }, (_, index) => topologyAt(set, index).edges);
}
