import type { Logger } from "@/server/platform/log";
import { createAlarm } from "./alarm";
import type { WorkloadCertificates } from "./certificates";
import { createLoop, type Loop } from "./loop";
import type { MeshState } from "./mesh-state";
import type { ControllerMetrics } from "./metrics";

/** Reconciles after every change and whenever a certificate is due. A failed run leaves sidecars as they are. */
export function reconcileLoop(options: {
  readonly state: MeshState;
  readonly certificates: WorkloadCertificates;
  readonly metrics: Pick<ControllerMetrics, "reconciled">;
  readonly log: Logger;
  /** Called when the mesh is another. */
  readonly after: () => void;
}): Loop {
  const { state, certificates, metrics, log } = options;
  const renewal = createAlarm(() => loop.trigger());
  const loop = createLoop({
    settleMs: 50,
    maxMs: 500,
    retryMs: 5000,
    onError(error) {
      metrics.reconciled(0, false);
      log.error({ event: "reconcile.failed", err: error }, "sidecars keep their last configuration");
    },
    run() {
      const done = state.reconcile();
      renewal.set(certificates.nextRenewalAt());
      if (done) {
        metrics.reconciled(done.ms, true);
        log.debug({ event: "reconcile", ...done }, "reconciled");
      }
      options.after();
    },
  });
  return {
    trigger: loop.trigger,
    stop() {
      renewal.stop();
      return loop.stop();
    },
  };
}
