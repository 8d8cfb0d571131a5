/** Every certificate the controller knows of, by when it ends, each with who shows it. */
import type { Certificate } from "@/lib/contract/admin";
import type { SecurityCertificate } from "@/lib/contract/security";
import type { MeshModel } from "@/lib/mesh/model";
import { grouped } from "@/lib/mesh/shape";
import type { ControllerFacts } from "./security";

export function certificatesOf(
  model: MeshModel,
  { certificates, proxies }: Pick<ControllerFacts, "certificates" | "proxies">,
): SecurityCertificate[] {
  const pods = grouped(Object.values(model.workloads), ({ identity }) => identity);
  const own = certificates.map((one) => toldOf(one, shownBy(one, pods.get(one.identity)?.length ?? 0)));
  // Sidecars of one ServiceAccount start from one Secret, and show the same certificate until it is renewed.
  const clients = grouped(
    proxies.filter(({ clientCertificate }) => clientCertificate !== null),
    ({ clientCertificate }) => clientCertificate?.serial ?? "",
  );
  const shown = [...clients.values()].flatMap((members) => {
    const [first] = members;
    if (!first?.clientCertificate) return [];
    const who = members.length === 1 ? `the sidecar of ${first.namespace}/${first.pod}` : `${members.length} sidecars`;
    return [toldOf(first.clientCertificate, `${who}, to the controller`)];
  });
  return [...own, ...shown].sort((a, b) => Date.parse(a.notAfter) - Date.parse(b.notAfter) || (a.id < b.id ? -1 : 1));
}

function toldOf(certificate: Certificate, shownBy: string): SecurityCertificate {
  return { ...certificate, id: `${certificate.kind} ${certificate.serial}`, shownBy };
}

function shownBy({ kind }: Certificate, pods: number): string {
  if (kind === "root") return "nobody: it signs the others";
  if (kind === "controller") return "the controller, to the API server and the dashboard";
  return pods === 0 ? "no pod" : pods === 1 ? "1 pod, to other sidecars" : `${pods} pods, to other sidecars`;
}
