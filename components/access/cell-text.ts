import type { AccessCell } from "@/lib/contract/access";
import { formatQuantity, rateQuantity } from "@/lib/format/number";

/** What a cell says in words, for the reader who does not see it. Where calls were never measured it says nothing of them. */
export function cellText(cell: AccessCell | null, measured: boolean): string {
  if (!cell) return measured ? "no access, no calls" : "no access, calls not measured";
  const calls = formatQuantity(rateQuantity(cell.requestsPerSecond));
  const denied = formatQuantity(rateQuantity(cell.deniedPerSecond));
  switch (cell.state) {
    case "used":
      return `allowed and used, ${calls}`;
    case "unused":
      return measured ? "allowed, not used" : "allowed, calls not measured";
    case "denied":
      return `denied, ${denied}`;
    case "partly-denied":
      return `allowed and used, ${calls}, ${denied} denied`;
    case "permissive":
      return cell.requestsPerSecond > 0 ? `permissive: no policy is asked, ${calls}` : "permissive: no policy is asked";
  }
}
