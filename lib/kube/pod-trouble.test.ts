import { expect, test } from "vitest";
import type { Pod } from "./objects";
import { podTrouble } from "./pod-trouble";

const pod = (status: object): Pod =>
  ({ apiVersion: "v1", kind: "Pod", metadata: { name: "web-1", namespace: "shop" }, status }) as Pod;

test("says what a pod waits for, what ended, or that it has no node", () => {
  const waiting = { name: "app", state: { waiting: { reason: "ImagePullBackOff", message: "no such image" } } };
  expect(podTrouble(pod({ containerStatuses: [waiting] }))).toBe(
    "Pod web-1 waits: ImagePullBackOff of app, no such image.",
  );
  const ended = { name: "app", state: { terminated: { exitCode: 3 } } };
  expect(podTrouble(pod({ initContainerStatuses: [ended] }))).toBe("Pod web-1: app ended with 3.");
  const condition = { type: "PodScheduled", status: "False", message: "0/3 nodes are available" };
  expect(podTrouble(pod({ conditions: [condition] }))).toBe("Pod web-1 has no node: 0/3 nodes are available.");
});

test("a start that goes its way is no trouble", () => {
  expect(
    podTrouble(pod({ containerStatuses: [{ name: "app", state: { waiting: { reason: "ContainerCreating" } } }] })),
  ).toBeNull();
  expect(podTrouble(pod({ containerStatuses: [{ name: "app", state: {} }] }))).toBeNull();
});
