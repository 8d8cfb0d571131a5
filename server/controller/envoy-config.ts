import type { EnvoyConfig } from "@/lib/contract/envoy-config";
import { AppError } from "@/lib/contract/errors";
import type { MeshModel } from "@/lib/mesh/model";
import type { Authority } from "@/server/pki/authority";
import { readConfigDump } from "@/server/xds/dump";
import { controllerSpiffeId } from "@/server/xds/names";
import { fetchConfigDump } from "@/server/xds/read-envoy";

/** Long enough for one question, too short to be worth stealing. */
const VALIDITY_SECONDS = 600;

export interface EnvoyConfigSources {
  readonly authority: Pick<Authority, "issue" | "rootPem">;
  readonly model: () => MeshModel | null;
  readonly trustDomain: string;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** What the sidecar of that node id has, asked of itself now. Throws `not_found` when no pod of the mesh has that id. */
export async function readEnvoyConfig(proxyId: string, sources: EnvoyConfigSources): Promise<EnvoyConfig> {
  const { authority, trustDomain, now } = sources;
  const model = sources.model();
  const pod = Object.values(model?.workloads ?? {}).find((one) => one.proxyId === proxyId);
  const spiffeId = pod && model?.identities[pod.identity]?.spiffeId;
  if (!pod || !spiffeId) {
    throw new AppError("not_found", `No pod of the mesh has the sidecar ${proxyId}.`, {
      hint: "It may have ended: ask for /v1/proxies.",
    });
  }
  const own = authority.issue({
    uris: [controllerSpiffeId(trustDomain)],
    validitySeconds: VALIDITY_SECONDS,
    usages: ["client"],
  });
  const text = await fetchConfigDump({ address: pod.address, spiffeId }, { own, rootsPem: authority.rootPem });
  return { id: proxyId, at: now(), resources: readConfigDump(text) };
}
