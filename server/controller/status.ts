import type { ControllerStatus } from "@/lib/contract/admin";
import type { MeshWatch } from "@/server/kube/mesh-watch";
import { ownVersion } from "@/server/platform/version";
import type { MeshState } from "./mesh-state";
import type { Settings } from "./settings";

/** The admin API's /v1/status. */
export function statusOf(of: {
  readonly settings: Settings;
  readonly startedAt: Date;
  readonly ready: boolean;
  readonly leader: boolean;
  readonly watch: Pick<MeshWatch, "staleSeconds">;
  readonly state: Pick<MeshState, "config" | "report">;
}): ControllerStatus {
  return {
    ready: of.ready,
    leader: of.leader,
    version: ownVersion(),
    startedAt: of.startedAt.toISOString(),
    meshName: of.settings.meshName,
    trustDomain: of.settings.trustDomain,
    policyMode: of.state.config.policyMode,
    staleSeconds: of.watch.staleSeconds(),
    reconcile: of.state.report,
  };
}
