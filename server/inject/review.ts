import { z } from "zod";
import type { Namespace, Pod } from "@/lib/kube/objects";
import { decide, type MeshScope } from "./decide";
import { injectionPatch } from "./patch";
import type { SidecarSettings } from "./sidecar";

const ReviewSchema = z.object({
  apiVersion: z.literal("admission.k8s.io/v1"),
  kind: z.literal("AdmissionReview"),
  request: z.object({
    uid: z.string().min(1),
    namespace: z.string().min(1),
    operation: z.string(),
    kind: z.object({ group: z.string(), version: z.string(), kind: z.string() }),
    object: z.looseObject({ metadata: z.looseObject({}), spec: z.looseObject({ containers: z.array(z.unknown()) }) }),
  }),
});

export interface ReviewContext {
  readonly scope: MeshScope;
  readonly settings: SidecarSettings;
  /** A fresh id. */
  readonly newId: () => string;
  /** null when there is no such namespace. */
  readonly namespace: (name: string) => Promise<Namespace | null>;
}

export interface ReviewResult {
  /** The AdmissionReview to answer. */
  readonly body: object;
  readonly outcome: "injected" | "left" | "refused";
  readonly pod: string;
  readonly reason: string;
}

/** Answers an AdmissionReview of a pod's creation. Throws ZodError when it is none. */
export async function review(input: unknown, context: ReviewContext): Promise<ReviewResult> {
  const { request } = ReviewSchema.parse(input);
  const pod = request.object as unknown as Pod;
  const name = pod.metadata.name ?? (pod.metadata as { generateName?: string }).generateName ?? "";
  const about = { pod: `${request.namespace}/${name}` };
  const namespace = await context.namespace(request.namespace);
  if (!namespace) {
    const reason = `namespace ${request.namespace} does not exist`;
    return { ...about, outcome: "refused", reason, body: answer(request.uid, { refused: reason }) };
  }
  const decision = decide(pod, namespace, context.scope);
  if (decision.action === "refuse") {
    const body = answer(request.uid, { refused: `Pod ${about.pod} cannot get a sidecar: ${decision.reason}.` });
    return { ...about, outcome: "refused", reason: decision.reason, body };
  }
  if (decision.action === "leave") {
    return { ...about, outcome: "left", reason: decision.reason, body: answer(request.uid, {}) };
  }
  const patch = injectionPatch({ pod, namespace, proxyId: context.newId(), settings: context.settings });
  return { ...about, outcome: "injected", reason: "", body: answer(request.uid, { patch }) };
}

function answer(uid: string, result: { patch?: readonly unknown[]; refused?: string }): object {
  const response: Record<string, unknown> = { uid, allowed: result.refused === undefined };
  if (result.refused !== undefined) response.status = { code: 422, reason: "Invalid", message: result.refused };
  if (result.patch) {
    response.patchType = "JSONPatch";
    response.patch = Buffer.from(JSON.stringify(result.patch)).toString("base64");
  }
  return { apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", response };
}
