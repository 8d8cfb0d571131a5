import { describe, expect, it } from "vitest";
import { makePicture } from "@/components/graph/picture";
import { diffTopologies, withLost } from "@/lib/topology/diff";
import { decodeFrames, topologyAt } from "@/lib/topology/frames";
import { answerOf, framesOf } from "@/test/support/mesh-frames";
import { samplesOf } from "@/test/support/mesh-samples";
import { markedPicture } from "./marked-picture";

const call = (from: string, to: string, rate: number) => ({ from, cluster: `${to}|80`, classes: { "2": rate } });
const set = decodeFrames(
  answerOf(
    framesOf([
      samplesOf([call("shop/web", "shop/api", 5), call("shop/web", "bank/pay", 4), call("bank/pay", "bank/db", 9)]),
      samplesOf([call("shop/web", "shop/api", 20), call("bank/pay", "bank/db", 9), call("bank/pay", "shop/api", 3)]),
    ]),
  ),
);
const [before, after] = [topologyAt(set, 0), topologyAt(set, 1)];
const diff = diffTopologies(before, after);
const pictureAt = (level: "workloads" | "namespaces") =>
  markedPicture(makePicture(withLost(after, before), { level, scope: null }), diff);
const labels = (items: readonly { readonly id: string }[]) =>
  items.flatMap((item) => ("diff" in item ? [[item.id, (item.diff as { label: string }).label]] : []));

describe("markedPicture", () => {
  it("says on each edge what is new, lost or another, each with its own sign", () => {
    expect(labels(pictureAt("workloads").edges)).toEqual([
      ["bank/deployment/pay>shop/service/api", "+ 3/s"],
      ["shop/deployment/web>bank/service/pay", "− 4/s"],
      ["shop/deployment/web>shop/service/api", "Δ rate 5 → 20/s"],
    ]);
  });

  it("marks nodes that are called no more", () => {
    expect(labels(pictureAt("workloads").nodes)).toEqual([["bank/service/pay", "−"]]);
  });

  it("sums what differs on a folded edge", () => {
    expect(labels(pictureAt("namespaces").edges).map(([, label]) => label)).toEqual(["+ 3/s", "− 4/s"]);
  });
});
