import type { ProxyConfig, Proxy as ProxyState } from "@/lib/contract/admin";
import type { Node } from "../gen/envoy/config/core/v3/base_pb";
import type { MeshSnapshot } from "../snapshot/mesh-snapshot";
import type { XdsServerOptions } from "../types";
import { peerCertificate, peerIdentity } from "./peer";
import { ProxyStream, type StreamPort } from "./proxy-stream";

interface Opening {
  readonly certificate: Parameters<typeof peerIdentity>[0];
  readonly node: Node | undefined;
  readonly send: StreamPort["send"];
  refuse(details: string): void;
}

/** All connected proxies, and who of them is who. */
export class Hub {
  private readonly streams = new Map<ProxyStream, Opening>();

  constructor(
    private readonly snapshot: MeshSnapshot,
    private readonly options: Pick<XdsServerOptions, "trustDomain" | "onNack" | "log">,
  ) {}

  /** A stream for who its certificate says it is; null when it was refused. A pod the model does not know yet is held. */
  open(opening: Opening): ProxyStream | null {
    const { trustDomain, log, onNack } = this.options;
    const proxyId = opening.node?.id ?? "";
    const identity = peerIdentity(opening.certificate, trustDomain);
    if (identity === null || proxyId === "") {
      const why =
        identity === null
          ? `The client certificate names no workload of ${trustDomain}. Use the certificate of the bootstrap Secret.`
          : "The first request names no node id. Start Envoy with --service-node.";
      log.warn({ event: "xds.refused", proxyId, identity }, why);
      opening.refuse(why);
      return null;
    }
    const stream = new ProxyStream(proxyId, identity, {
      send: opening.send,
      onNack: (type, message) => {
        if (onNack) onNack({ proxyId, type, message });
        else log.warn({ event: "xds.nack", proxyId, identity, type, message }, "a proxy refused its configuration");
      },
      now: () => Date.now(),
      later: (delayMs, work) => {
        const timer = setTimeout(work, delayMs);
        timer.unref();
        return () => clearTimeout(timer);
      },
    });
    stream.envoyVersion = versionOf(opening.node);
    stream.clientCertificate = peerCertificate(opening.certificate, identity);
    this.streams.set(stream, opening);
    if (this.attach(stream) === "refused") return null;
    log.info({ event: "xds.connected", proxyId, identity, pod: stream.pod?.key ?? null }, "a proxy connected");
    return stream;
  }

  close(stream: ProxyStream): void {
    if (!this.streams.delete(stream)) return;
    stream.close();
    this.options.log.info({ event: "xds.gone", proxyId: stream.proxyId, pod: stream.pod?.key ?? null }, "a proxy left");
  }

  /** Gives every proxy its present view; returns for how many something changed. */
  push(): number {
    let touched = 0;
    for (const stream of [...this.streams.keys()]) if (this.attach(stream) === "changed") touched += 1;
    return touched;
  }

  proxies(): readonly ProxyState[] {
    // A proxy that reconnects may be here twice for a moment: the last stream is the one it listens to.
    const states = new Map([...this.streams.keys()].map((stream) => [stream.proxyId, stream.state()]));
    const name = (state: ProxyState) => `${state.namespace}/${state.pod}/${state.id}`;
    return [...states.values()].sort((a, b) => (name(a) < name(b) ? -1 : 1));
  }

  /** null when no proxy of that node id is connected. */
  config(proxyId: string): ProxyConfig | null {
    const stream = [...this.streams.keys()].findLast((one) => one.proxyId === proxyId);
    return stream ? { id: proxyId, resources: stream.config() } : null;
  }

  private attach(stream: ProxyStream): "changed" | "same" | "waiting" | "refused" {
    const claimed = this.snapshot.podsOf(stream.proxyId);
    const pod = claimed.find((one) => one.identity === stream.identity);
    if (!pod) {
      const [other] = claimed;
      if (!other) return "waiting";
      const why = `Node id ${stream.proxyId} is pod ${other.key} of ${other.identity}, and the certificate is of ${stream.identity}.`;
      this.options.log.warn({ event: "xds.refused", proxyId: stream.proxyId, identity: stream.identity }, why);
      const opening = this.streams.get(stream);
      this.streams.delete(stream);
      stream.close();
      opening?.refuse(why);
      return "refused";
    }
    const view = this.snapshot.view(pod);
    if (view === null) return "waiting";
    return stream.setView(pod, view) ? "changed" : "same";
  }
}

function versionOf(node: Node | undefined): string | null {
  if (node?.userAgentVersionType.case !== "userAgentBuildVersion") return null;
  const version = node.userAgentVersionType.value.version;
  return version ? `${version.majorNumber}.${version.minorNumber}.${version.patch}` : null;
}
