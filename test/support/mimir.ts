/** A real Mimir of a test's own, in one process and for many tenants. */
import { join } from "node:path";
import { startStore, type TestStore } from "./program";

export interface MimirOptions {
  readonly binary: string;
  readonly port: number;
}

/** Where its two APIs are served under. */
export const MIMIR_API_PATH = "/prometheus";
export const MIMIR_PUSH_PATH = "/api/v1/push";
export const TENANT_HEADER = "X-Scope-OrgID";

/** Rings of one member, that need not find each other. */
const RINGS = ["distributor", "ingester", "compactor", "query-scheduler", "querier", "ruler"];

/** Takes ports of 100 apart, beginning with `port`. `url` has no path yet. */
export function startMimir({ binary, port }: MimirOptions): Promise<TestStore> {
  return startStore({
    name: "mimir",
    binary,
    port,
    args: (folder) => [
      "-auth.multitenancy-enabled=true",
      "-usage-stats.enabled=false",
      "-log.level=error",
      `-activity-tracker.filepath=${join(folder, "activity.log")}`,
      "-server.http-listen-address=127.0.0.1",
      `-server.http-listen-port=${port}`,
      "-server.grpc-listen-address=127.0.0.1",
      `-server.grpc-listen-port=${port + 100}`,
      `-memberlist.bind-port=${port + 200}`,
      "-memberlist.bind-addr=127.0.0.1",
      "-common.storage.backend=filesystem",
      `-common.storage.filesystem.dir=${join(folder, "common")}`,
      "-blocks-storage.storage-prefix=blocks",
      `-blocks-storage.tsdb.dir=${join(folder, "tsdb")}`,
      `-blocks-storage.bucket-store.sync-dir=${join(folder, "sync")}`,
      `-compactor.data-dir=${join(folder, "compactor")}`,
      `-ruler.rule-path=${join(folder, "rules")}`,
      ...RINGS.flatMap((ring) => [`-${ring}.ring.store=inmemory`, `-${ring}.ring.instance-addr=127.0.0.1`]),
      "-store-gateway.sharding-ring.store=inmemory",
      "-store-gateway.sharding-ring.instance-addr=127.0.0.1",
      "-store-gateway.sharding-ring.replication-factor=1",
      "-query-frontend.instance-addr=127.0.0.1",
      "-ingester.ring.replication-factor=1",
      "-ingester.ring.min-ready-duration=0s",
    ],
    readyPath: "/ready",
    files: {},
  });
}
