/** What is written of a call. */

import type { Status } from "@/components/ui/status-mark";
import { isFailed } from "@/lib/calls/filter";
import type { Call } from "@/lib/contract/calls";

export function callStatus(call: Pick<Call, "denied" | "status" | "flags" | "protocol">): Status {
  if (call.denied) return "denied";
  if (isFailed(call)) return "failing";
  return (call.status ?? 0) >= 400 ? "degraded" : "healthy";
}

/** One word and a number: "refused 403", "200", "closed". */
export function statusText({ denied, status, protocol }: Pick<Call, "denied" | "status" | "protocol">): string {
  const code = status === null || status === 0 ? "" : String(status);
  if (denied) return `refused ${code}`.trim();
  if (code !== "") return code;
  return protocol === "tcp" ? "connection ended" : "no answer";
}

/** `GET /books`, or what a TCP connection is called. */
export function whatText({ protocol, method, path }: Pick<Call, "protocol" | "method" | "path">): string {
  return protocol === "tcp" ? "TCP connection" : `${method ?? "?"} ${path ?? ""}`.trim();
}
