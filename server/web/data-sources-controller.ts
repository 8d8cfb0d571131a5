import type { DataSource } from "@/lib/contract/settings";
import { formatDuration } from "@/lib/time/duration";
import type { ControllerClient } from "./controller-client";
import { NO_CONTROLLER } from "./controller-facts";
import { checkSource, type Fact, type Finding, hostOf } from "./data-sources";
import type { WebSettings } from "./settings";

export type AskedController = Pick<ControllerClient, "status" | "certificates" | "proxies" | "calls">;

export interface ControllerCheck {
  readonly settings: WebSettings["controller"];
  /** null when none is configured. */
  readonly client: AskedController | null;
  /** Unix milliseconds. */
  readonly now: () => number;
}

const ABSENT: Finding = { state: "absent", message: NO_CONTROLLER.message, hint: NO_CONTROLLER.hint };
/** Behind the Kubernetes API for longer: what it configures may be out of date. */
const STALE_SECONDS = 10;

/** Version, leadership, and how long its root certificate lasts. */
export function checkController({ settings, client, now }: ControllerCheck): Promise<DataSource> {
  const facts: readonly Fact[] = settings === null ? [] : [["Address", hostOf(settings.url)]];
  return checkSource({ id: "controller", facts, now }, async () => {
    if (client === null) return ABSENT;
    const [status, certificates] = await Promise.all([client.status(), client.certificates()]);
    const root = certificates.find(({ kind }) => kind === "root");
    const known: readonly Fact[] = [
      ["Version", status.version],
      ["Leader", status.leader ? "this replica" : "another replica"],
      ["Mesh", `${status.meshName}, trust domain ${status.trustDomain}`],
      ["Last reconcile", status.reconcile.lastMs === null ? "none yet" : `${status.reconcile.lastMs.toFixed(1)} ms`],
      ...(root ? ([["Root certificate ends", root.notAfter.slice(0, 10)]] as const) : []),
    ];
    if (!status.ready) {
      return {
        state: "degraded",
        message: "It answers, but is not ready.",
        hint: "Its log says what it waits for.",
        facts: known,
      };
    }
    if (status.staleSeconds > STALE_SECONDS) {
      const behind = formatDuration(status.staleSeconds);
      return {
        state: "degraded",
        message: `It has not heard from the Kubernetes API for ${behind}.`,
        hint: "Sidecars keep what they have. Check the API server, and the controller's rights.",
        facts: known,
      };
    }
    return { message: "It answers and is ready.", facts: known };
  });
}

/** The stream of calls sidecars tell the controller of (Envoy's access log service). */
export function checkCalls({ client, now }: ControllerCheck): Promise<DataSource> {
  return checkSource({ id: "calls", now }, async () => {
    if (client === null) return ABSENT;
    const [told, proxies] = await Promise.all([client.calls({ limit: 1 }), client.proxies()]);
    const [newest] = told.items;
    const facts: readonly Fact[] = [["Sidecars connected", String(proxies.length)]];
    if (newest) {
      const seconds = Math.round((now() - newest.at) / 1000);
      const when = seconds > 0 ? `${formatDuration(seconds)} ago` : "just now";
      return { message: `The newest call was told ${when}.`, facts };
    }
    return {
      state: proxies.length > 0 ? "degraded" : "ok",
      message:
        proxies.length > 0 ? "Sidecars are connected, but none has told of a call." : "No sidecar is connected yet.",
      hint:
        proxies.length > 0
          ? "Refused and failed calls, and a sample of the rest, appear here once there are calls."
          : "",
      facts,
    };
  });
}
