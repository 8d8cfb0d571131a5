import { windowSeconds } from "@/lib/contract/window";
import { webContext } from "./context";
import { readPastFrame, topologyOf } from "./frame";
import { refuseFuture } from "./future";
import { showTopic } from "./show-topic";

/** The graph now, or with `at` (unix milliseconds) as the metrics remember that instant. */
export async function showTopology(window: string, at: number | undefined): Promise<unknown> {
  if (at === undefined) return showTopic("topology", window);
  refuseFuture(at, Date.now());
  const { mesh, metrics, telemetry } = webContext();
  return topologyOf(await readPastFrame({ mesh, metrics, telemetry, now: Date.now }, windowSeconds(window) ?? 30, at));
}
