import { AppError } from "@/lib/contract/errors";
import type { KubeEvents } from "@/lib/contract/services";
import type { TopologyNode } from "@/lib/contract/topology";
import { serviceNamed } from "@/lib/mesh/service-name";
import { webContext } from "./context";
import { topologyOf } from "./frame";
import { type EventSubjects, eventsAbout } from "./kube-events";
import { NO_CONTROLLER_FACTS } from "./security";
import { podsOf } from "./service-pods";

const KINDS: Readonly<Record<string, string>> = {
  service: "Service",
  deployment: "Deployment",
  statefulset: "StatefulSet",
  daemonset: "DaemonSet",
  job: "Job",
  pod: "Pod",
};

/** Events of one service or workload (node id), with the reader's rights to read them. */
export async function showEvents(node: string): Promise<KubeEvents> {
  const { client, events, frames, mesh } = webContext();
  const [frame, { objects }] = await Promise.all([frames.get(30), mesh()]);
  const found = topologyOf(frame).nodes.find(({ id }) => id === node);
  if (!found) {
    throw new AppError("not_found", `The mesh has no ${node}.`, {
      hint: "Node ids are namespace/kind/name, for example bookstore/service/bookstore.",
    });
  }
  const pods = podsOf({ objects }, found, NO_CONTROLLER_FACTS).map(({ name }) => `Pod/${name}`);
  const splits = objects.trafficSplits.flatMap(({ metadata, ...rest }) => {
    const spec = (rest as { readonly spec?: { readonly service?: unknown } }).spec;
    const root = typeof spec?.service === "string" ? serviceNamed(spec.service) : null;
    return found.kind === "service" && root?.name === found.name ? [`TrafficSplit/${metadata.name}`] : [];
  });
  const list = await events.read(client(), found.namespace);
  const allDeployments = topologyOf(frame).nodes.flatMap(({ kind, namespace, name }) =>
    kind === "deployment" && namespace === found.namespace ? [name] : [],
  );
  return eventsAbout(list, { ...subjectsOf(found, [...pods, ...splits]), allDeployments });
}

function subjectsOf(node: TopologyNode, more: readonly string[]): Omit<EventSubjects, "allDeployments"> {
  const ids = [node.id, ...node.related].map((id) => id.split("/"));
  const own = ids.map(([, kind = "", name = ""]) => `${KINDS[kind] ?? kind}/${name}`);
  const accounts = node.identities.map((identity) => `ServiceAccount/${identity.split("/")[1]}`);
  return {
    objects: new Set([...own, ...accounts, ...more]),
    deployments: ids.flatMap(([, kind, name]) => (kind === "deployment" && name ? [name] : [])),
  };
}
