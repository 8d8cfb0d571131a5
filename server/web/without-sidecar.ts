/** Workloads whose calls no sidecar encrypts: why not, and the command that gives them one. */
import type { WithoutSidecar } from "@/lib/contract/security";
import { IGNORE_LABEL, MONITORED_BY_LABEL, PROXY_UUID_LABEL, SIDECAR_INJECTION_ANNOTATION } from "@/lib/kube/names";
import type { Namespace, Pod } from "@/lib/kube/objects";
import { nodeId, parseNodeId } from "@/lib/kube/refs";
import type { MeshObjects } from "@/lib/mesh/input";
import { asksForSidecars, inMesh } from "@/lib/mesh/namespaces";
import { readPod } from "@/lib/mesh/pods";
import { grouped } from "@/lib/mesh/shape";
import type { WebSettings } from "./settings";

type MeshScope = Pick<WebSettings, "meshName" | "controlNamespace">;
type Reason = WithoutSidecar["reason"];

const OFF = new Set(["disabled", "no", "false"]);
const ENDED = new Set(["Succeeded", "Failed"]);
const RESTARTABLE = new Set(["deployment", "statefulset", "daemonset"]);

/** Sorted by namespace and name. The cluster's own namespaces and the control plane's are none of the mesh's business. */
export function workloadsWithoutSidecar(objects: MeshObjects, scope: MeshScope): WithoutSidecar[] {
  const namespaces = new Map(objects.namespaces.map((namespace) => [namespace.metadata.name, namespace]));
  const bare = objects.pods.filter((pod) => {
    const namespace = pod.metadata.namespace ?? "";
    const ended = ENDED.has(pod.status?.phase ?? "") || pod.metadata.deletionTimestamp !== undefined;
    const foreign = namespace.startsWith("kube-") || namespace === scope.controlNamespace;
    return pod.metadata.labels?.[PROXY_UUID_LABEL] === undefined && !ended && !foreign;
  });
  const reasonOf = (pod: Pod) => whyNot(pod, namespaces.get(pod.metadata.namespace ?? ""), scope.meshName);
  // A rollout that is on its way may have pods with different reasons.
  const groups = grouped(bare, (pod) => `${ownerOf(pod)} ${reasonOf(pod)}`);
  return [...groups.values()]
    .flatMap((pods) => {
      const [pod] = pods;
      return pod ? [rowOf(pod, { pods: pods.length, reason: reasonOf(pod), scope }, namespaces)] : [];
    })
    .sort((a, b) => (`${a.namespace}/${a.name}` < `${b.namespace}/${b.name}` ? -1 : 1));
}

/** How many pods of namespaces in the mesh, and in scope, have none. */
export function podsWithoutSidecar(
  objects: MeshObjects,
  scope: MeshScope,
  inScope: (namespace: string) => boolean,
): number {
  return workloadsWithoutSidecar(objects, scope)
    .filter(({ reason, namespace }) => reason !== "not-meshed" && inScope(namespace))
    .reduce((sum, { pods }) => sum + pods, 0);
}

function ownerOf(pod: Pod): string {
  const { namespace = "", name } = pod.metadata;
  return readPod(pod)?.pod.workload ?? nodeId({ namespace, kind: "Pod", name });
}

function whyNot(pod: Pod, namespace: Namespace | undefined, meshName: string): Reason {
  const own = pod.metadata.annotations?.[SIDECAR_INJECTION_ANNOTATION];
  if (!inMesh(namespace, meshName)) return "not-meshed";
  if (own !== undefined && OFF.has(own.toLowerCase())) return "opted-out";
  if (pod.spec?.hostNetwork) return "host-network";
  return own === undefined && !asksForSidecars(namespace) ? "not-asked-for" : "started-before";
}

function rowOf(
  pod: Pod,
  { pods, reason, scope }: { readonly pods: number; readonly reason: Reason; readonly scope: MeshScope },
  namespaces: ReadonlyMap<string, Namespace>,
): WithoutSidecar {
  const id = ownerOf(pod);
  const { namespace, kind, name } = parseNodeId(id);
  const labels = namespaces.get(namespace)?.metadata.labels ?? {};
  const other = labels[MONITORED_BY_LABEL];
  const restart = RESTARTABLE.has(kind)
    ? `kubectl rollout restart ${kind} ${name} -n ${namespace}`
    : `kubectl delete pod ${pod.metadata.name} -n ${namespace}`;
  const ask = `kubectl annotate namespace ${namespace} ${SIDECAR_INJECTION_ANNOTATION}=enabled --overwrite`;
  const row = { id, namespace, kind, name, pods, reason };
  switch (reason) {
    case "opted-out":
      return {
        ...row,
        sentence: `Its annotation ${SIDECAR_INJECTION_ANNOTATION} turns the sidecar off.`,
        remedy: "Take the annotation out of its pod template.",
        command: RESTARTABLE.has(kind) ? unannotate(namespace, kind, name) : null,
      };
    case "host-network":
      return {
        ...row,
        sentence: "It uses the network of its node, where a sidecar cannot stand between.",
        remedy: "Run it without hostNetwork, or in a namespace outside the mesh.",
        command: null,
      };
    case "not-asked-for":
      return {
        ...row,
        sentence: "Its namespace does not ask for sidecars.",
        remedy: "Annotate the namespace, then restart it.",
        command: `${ask} && ${restart}`,
      };
    case "not-meshed":
      return {
        ...row,
        sentence:
          other !== undefined && other !== scope.meshName
            ? `Its namespace belongs to the mesh ${other}.`
            : labels[IGNORE_LABEL] !== undefined
              ? `Its namespace is to be ignored: it carries the label ${IGNORE_LABEL}.`
              : "Its namespace is not in the mesh.",
        remedy: "Add the namespace to the mesh on the Namespaces page, then restart it.",
        command: `kubectl label namespace ${namespace} ${MONITORED_BY_LABEL}=${scope.meshName} ${IGNORE_LABEL}- --overwrite && ${ask} && ${restart}`,
      };
    case "started-before":
      return {
        ...row,
        sentence: "It was created before its namespace asked for sidecars, or while the controller was away.",
        remedy: "Restart it.",
        command: restart,
      };
  }
}

function unannotate(namespace: string, kind: string, name: string): string {
  const path = `/spec/template/metadata/annotations/${SIDECAR_INJECTION_ANNOTATION.replace("/", "~1")}`;
  return `kubectl patch ${kind} ${name} -n ${namespace} --type=json -p '${JSON.stringify([{ op: "remove", path }])}'`;
}
