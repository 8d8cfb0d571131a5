import { describe, expect, it } from "vitest";
import { IGNORE_LABEL, MONITORED_BY_LABEL, SIDECAR_INJECTION_ANNOTATION } from "@/lib/kube/names";
import type { Namespace, Pod } from "@/lib/kube/objects";
import { decide } from "./decide";

const scope = { meshName: "osm", controlNamespace: "osm-system" };

function namespace(
  annotation?: string,
  labels: Record<string, string> = { [MONITORED_BY_LABEL]: "osm" },
  name = "bookstore",
): Namespace {
  const annotations = annotation === undefined ? {} : { [SIDECAR_INJECTION_ANNOTATION]: annotation };
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels, annotations } };
}

function pod(annotation?: string, spec: object = {}): Pod {
  const annotations = annotation === undefined ? {} : { [SIDECAR_INJECTION_ANNOTATION]: annotation };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "a", annotations },
    spec: { containers: [{ name: "app" }], ...spec },
  };
}

describe("decide", () => {
  it.each([
    ["enabled", undefined, "inject"],
    ["yes", undefined, "inject"],
    ["TRUE", undefined, "inject"],
    ["disabled", undefined, "leave"],
    ["no", undefined, "leave"],
    ["false", undefined, "leave"],
    [undefined, undefined, "leave"],
    [undefined, "enabled", "inject"],
    ["disabled", "enabled", "inject"],
    ["enabled", "disabled", "leave"],
    ["maybe", undefined, "refuse"],
    ["enabled", "", "refuse"],
    ["maybe", "enabled", "inject"],
  ])("namespace %s, pod %s: %s", (ofNamespace, ofPod, action) => {
    expect(decide(pod(ofPod), namespace(ofNamespace), scope).action).toBe(action);
  });

  it.each([
    ["another mesh", pod(), namespace("enabled", { [MONITORED_BY_LABEL]: "other" })],
    ["no mesh", pod("enabled"), namespace("enabled", {})],
    [
      "an ignored namespace",
      pod("enabled"),
      namespace("enabled", { [MONITORED_BY_LABEL]: "osm", [IGNORE_LABEL]: "true" }),
    ],
    [
      "the control plane's namespace",
      pod("enabled"),
      namespace("enabled", { [MONITORED_BY_LABEL]: "osm" }, "osm-system"),
    ],
    ["kube-system", pod("enabled"), namespace("enabled", { [MONITORED_BY_LABEL]: "osm" }, "kube-system")],
    ["a pod on the node's network", pod("enabled", { hostNetwork: true }), namespace("enabled")],
    [
      "a pod that has its sidecar",
      pod("enabled", { initContainers: [{ name: "envoy", restartPolicy: "Always" }] }),
      namespace("enabled"),
    ],
  ])("leaves alone: %s", (_, given, where) => {
    expect(decide(given, where, scope)).toMatchObject({ action: "leave", reason: expect.stringMatching(/\w/) });
  });

  it("refuses a pod whose own container has the sidecar's name", () => {
    const taken = pod("enabled", { containers: [{ name: "envoy" }] });
    expect(decide(taken, namespace(), scope)).toMatchObject({
      action: "refuse",
      reason: expect.stringContaining("rename it"),
    });
  });
});
