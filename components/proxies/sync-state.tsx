import { StatusMark } from "@/components/ui/status-mark";
import type { ProxyRow } from "@/lib/contract/proxies";

/** 2: something was refused, 1: something is not acknowledged, 0: all is taken. */
export function syncRank({ types }: Pick<ProxyRow, "types">): 0 | 1 | 2 {
  if (types.some(({ nack }) => nack)) return 2;
  return types.every(({ synced }) => synced) ? 0 : 1;
}

/** The ways a sidecar may stand; "" stands for any. */
export const SYNC_STATES = [
  { value: "", label: "Every state", rank: null },
  { value: "refused", label: "Refused", rank: 2 },
  { value: "waiting", label: "Not yet taken", rank: 1 },
  { value: "synced", label: "In sync", rank: 0 },
] as const;

/** One type's state with its sign and words. */
export function SyncState({ rank }: { rank: 0 | 1 | 2 }) {
  if (rank === 0) return <span className="text-ink-2">in sync</span>;
  return (
    <span className="inline-flex items-center gap-1.5">
      <StatusMark status={rank === 2 ? "failing" : "degraded"} />
      {rank === 2 ? "refused" : "not yet taken"}
    </span>
  );
}
