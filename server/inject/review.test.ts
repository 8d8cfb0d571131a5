import { describe, expect, it } from "vitest";
import type { Namespace } from "@/lib/kube/objects";
import { type ReviewContext, review } from "./review";

const meshed: Namespace = {
  apiVersion: "v1",
  kind: "Namespace",
  metadata: {
    name: "bookstore",
    labels: { "openservicemesh.io/monitored-by": "osm" },
    annotations: { "openservicemesh.io/sidecar-injection": "enabled" },
  },
};
const context: ReviewContext = {
  scope: { meshName: "osm", controlNamespace: "osm-system" },
  settings: { image: "envoy", logLevel: "error", resources: null },
  newId: () => "id-1",
  namespace: async (name) => (name === "bookstore" ? meshed : null),
};

function request(changes: object = {}): object {
  return {
    apiVersion: "admission.k8s.io/v1",
    kind: "AdmissionReview",
    request: {
      uid: "u1",
      namespace: "bookstore",
      operation: "CREATE",
      kind: { group: "", version: "v1", kind: "Pod" },
      object: { metadata: { generateName: "web-" }, spec: { containers: [{ name: "app" }] } },
      ...changes,
    },
  };
}

type Answer = {
  response: { uid: string; allowed: boolean; patchType?: string; patch?: string; status?: { message: string } };
};

describe("review", () => {
  it("answers with a JSON patch under the request's uid", async () => {
    const result = await review(request(), context);
    const { response } = result.body as Answer;
    expect(response).toMatchObject({ uid: "u1", allowed: true, patchType: "JSONPatch" });
    const patch = JSON.parse(Buffer.from(response.patch ?? "", "base64").toString()) as { path: string }[];
    expect(patch.map((operation) => operation.path)).toContain("/spec/initContainers");
    expect(result).toMatchObject({ outcome: "injected", pod: "bookstore/web-" });
  });

  it("lets other pods through unchanged", async () => {
    const object = {
      metadata: { annotations: { "openservicemesh.io/sidecar-injection": "no" } },
      spec: { containers: [] },
    };
    const { response } = (await review(request({ object }), context)).body as Answer;
    expect(response).toEqual({ uid: "u1", allowed: true });
  });

  it("refuses with a sentence that says what to do", async () => {
    const object = { metadata: { name: "web" }, spec: { containers: [{ name: "envoy" }] } };
    const { response } = (await review(request({ object }), context)).body as Answer;
    expect(response.allowed).toBe(false);
    expect(response.status?.message).toBe(
      'Pod bookstore/web cannot get a sidecar: it has a container named "envoy", the sidecar\'s name: rename it.',
    );
  });

  it("throws for what is no review", async () => {
    await expect(review({ kind: "AdmissionReview" }, context)).rejects.toThrow();
  });
});
