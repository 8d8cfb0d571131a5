/** Envoy's response flags and details in words: what became of a call, and where to look. */
import type { Call } from "@/lib/contract/calls";

/** By Envoy's short names. Each is a clause that ends a sentence: "The call failed: …". */
const FLAGS: Readonly<Record<string, string>> = {
  UH: "no endpoint of the destination is healthy",
  UF: "the connection to the destination could not be opened",
  UC: "the destination closed the connection before it answered",
  UR: "the destination reset the request",
  URX: "it was tried as often as allowed and never answered",
  UT: "the destination did not answer in time",
  UO: "the destination has as many requests waiting as its limit allows",
  NR: "no route leads where it wanted to go",
  NC: "the cluster the route names is not there yet",
  LR: "the sidecar ended it",
  LH: "the sidecar's own health check fails",
  DC: "the caller hung up before the answer",
  DPE: "the caller did not speak proper HTTP",
  DT: "it took longer than it may",
  SI: "nothing was sent for too long",
  RL: "the caller sent more than its rate limit allows",
  RLSE: "the rate limit service did not answer",
  UAEX: "an external authorisation service refused it",
  IH: "a header the sidecar checks is not valid",
  DI: "a delay was put in on purpose",
  FI: "the failure was put in on purpose",
  UMSDR: "it took longer than its route allows",
  NFCF: "the sidecar waits for the configuration of a filter",
};

/** By the beginning of Envoy's response code details; the first that fits is taken. */
const DETAILS: readonly (readonly [string, string])[] = [
  ["rbac_access_denied_matched_policy[none]", "no policy of the called side lets it in"],
  ["rbac_access_denied", "the policy of the called side refuses it"],
  ["direct_response", "the caller's own sidecar answered it"],
  ["via_upstream", "the application gave this answer"],
  ["route_not_found", "no route leads where it wanted to go"],
  ["cluster_not_found", "the cluster the route names is not there yet"],
  ["no_healthy_upstream", "no endpoint of the destination is healthy"],
  [
    "upstream_reset_before_response_started{connection_termination}",
    "the destination closed the connection before it answered",
  ],
  ["upstream_reset_before_response_started{remote_connection_failure", "the connection to the destination was refused"],
  ["upstream_reset_before_response_started{connection_timeout", "the destination did not take the connection in time"],
  ["upstream_reset_before_response_started", "the destination reset the request before it answered"],
  ["upstream_reset_after_response_started", "the destination broke off in the middle of its answer"],
  ["upstream_response_timeout", "the destination did not answer in time"],
  ["upstream_per_try_timeout", "no try was answered in time"],
  ["downstream_remote_disconnect", "the caller hung up before the answer"],
  ["downstream_local_disconnect", "the caller's side ended the connection"],
  ["http1.codec_error", "one side did not speak proper HTTP"],
  ["http2.", "one side did not speak proper HTTP/2"],
  ["request_headers_too_large", "its headers are larger than allowed"],
  ["request_overall_timeout", "it took longer than it may"],
  ["stream_idle_timeout", "nothing was sent for too long"],
  ["overload", "the sidecar is overloaded"],
  ["max_duration_timeout", "it took longer than its route allows"],
  ["tls error", "the TLS handshake failed"],
];

/** One response flag in words; null for one that is not known. */
export function flagText(flag: string): string | null {
  return Object.hasOwn(FLAGS, flag) ? (FLAGS[flag] ?? null) : null;
}

/** Envoy's details in words; null when they say nothing more than the status. */
export function detailsText(details: string | null): string | null {
  const lower = details?.toLowerCase() ?? "";
  return DETAILS.find(([beginning]) => lower.startsWith(beginning))?.[1] ?? null;
}

type Answer = Pick<Call, "details" | "flags" | "status" | "denied" | "method">;

/** What became of a call, as one clause: "the destination did not answer in time". "" when it simply was answered. */
export function answerText({ details, flags, status, denied, method }: Answer): string {
  // A tunnel is ended by whoever is done with it: that is no failure.
  if (method === "CONNECT" && status === 200) return "";
  const flagged = flags.flatMap((flag) => flagText(flag) ?? []);
  const said = detailsText(details);
  // The details are the finer word, but "via_upstream" says only who answered: a flag beside it says more.
  if (said !== null && !(details === "via_upstream" && (flagged.length > 0 || (status ?? 0) < 400 || denied)))
    return said;
  return [...new Set(flagged)].join(", ");
}
