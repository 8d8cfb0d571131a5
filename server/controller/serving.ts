import type { IssuedCertificate } from "@/server/pki/authority";
import { renewAt } from "@/server/pki/policy";
import { createAlarm } from "./alarm";

/** Gives servers a new certificate before theirs ends, for as long as they run. */
export function renewServing(
  first: IssuedCertificate,
  issue: () => IssuedCertificate,
  servers: readonly { setCertificate(certificate: IssuedCertificate): void }[],
): { close(): void } {
  const alarm = createAlarm(() => {
    const next = issue();
    for (const server of servers) server.setCertificate(next);
    alarm.set(renewAt(next, 0));
  });
  alarm.set(renewAt(first, 0));
  return { close: () => alarm.stop() };
}
