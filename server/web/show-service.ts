import { AppError } from "@/lib/contract/errors";
import type { ServiceDetail } from "@/lib/contract/services";
import { nodeId, type ObjectRef } from "@/lib/kube/refs";
import { webContext } from "./context";
import { type FrameWish, frameAt } from "./frame-at";
import { serviceDetail } from "./service-detail";

/** Everything about one service (kind `service`) or workload. `not_found` when the graph has none of that name. */
export async function showService(ref: ObjectRef, wish: FrameWish): Promise<ServiceDetail> {
  const context = webContext();
  const { usage, controller } = context;
  const frame = await frameAt(wish, context);
  const [used, facts] = await Promise.all([usage(frame), controller.read()]);
  const detail = serviceDetail(frame, nodeId(ref), { usage: used, controller: facts });
  if (detail) return detail;
  const unread = frame.partial.find(({ part }) => part === "kubernetes");
  if (unread) throw new AppError("upstream_unavailable", unread.message, { hint: unread.hint });
  throw new AppError("not_found", `The mesh has no ${ref.kind} ${ref.namespace}/${ref.name}.`, {
    hint: "Check its name and namespace, and that the namespace is in the mesh; or go back to the list.",
  });
}
