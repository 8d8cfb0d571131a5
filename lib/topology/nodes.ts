/** Nodes of the graph: services, workloads, and what was called or called although no object says what it is. */
import type { TopologyNode } from "@/lib/contract/topology";
import type { MeshModel } from "@/lib/mesh/model";
import type { Directory } from "@/lib/metrics/telemetry/telemetry";
import { type BuiltEdge, serviceNode, servicePortProtocol } from "./edges";
import type { ReceivedTally } from "./tally";
import type { Workload } from "./workloads";

export interface NodeContext {
  readonly model: MeshModel;
  readonly workloads: ReadonlyMap<string, Workload>;
  /** Namespaces that exist. */
  readonly namespaces: ReadonlySet<string>;
  readonly edges: readonly BuiltEdge[];
  readonly received: ReadonlyMap<string, ReceivedTally>;
  /** By node id. */
  readonly problems: ReadonlyMap<string, number>;
  readonly directory: Directory;
  /** See TopologyContext. */
  readonly seenInPart: boolean;
}

interface Flow {
  calls: number;
  errors: number;
}

const NODES_AT_ONCE = 500;
const EDGES_AT_ONCE = 2_500;

/** Sorted by id. Every end of an edge is among them. Yields now and then. */
export function* buildNodes(context: NodeContext): Generator<void, TopologyNode[]> {
  const into = new Map<string, Flow>();
  const out = new Map<string, Flow>();
  for (const [index, { edge, figures }] of context.edges.entries()) {
    if (index % EDGES_AT_ONCE === EDGES_AT_ONCE - 1) yield;
    flow(into, edge.target, figures.requestsPerSecond, figures.errorsPerSecond);
    flow(out, edge.source, figures.requestsPerSecond, figures.errorsPerSecond);
  }
  for (const [workload, { calls, errors }] of context.received) flow(into, workload, calls, errors);

  yield;
  const shapes = new Map<string, Shape>();
  for (const key of Object.keys(context.model.services)) shapes.set(serviceNode(key), serviceShape(context.model, key));
  for (const workload of context.workloads.values()) shapes.set(workload.id, workloadShape(workload));
  for (const id of [...into.keys(), ...out.keys()]) if (!shapes.has(id)) shapes.set(id, unknownShape(id, context));
  yield;
  const nodes: TopologyNode[] = [];
  for (const [id, shape] of shapes) {
    const [namespace = "", kind = "", ...name] = id.split("/");
    const received = into.get(id);
    nodes.push({
      id,
      namespace,
      name: name.join("/"),
      ...shape,
      kind: shape.kind ?? kind,
      inPerSecond: received?.calls ?? 0,
      outPerSecond: out.get(id)?.calls ?? 0,
      errorRatio: received && received.calls > 0 ? Math.min(1, received.errors / received.calls) : null,
      problems: context.problems.get(id) ?? 0,
    });
    if (nodes.length % NODES_AT_ONCE === 0) yield;
  }
  return nodes.sort((a, b) => (a.id < b.id ? -1 : 1));
}

type Shape = Pick<TopologyNode, "meshed" | "version" | "identities" | "related" | "pods" | "split" | "protocol"> & {
  /** When it is not the one in the id. */
  readonly kind?: string;
};

function serviceShape(model: MeshModel, key: string): Shape {
  const service = model.services[key];
  return {
    meshed: true,
    version: null,
    identities: [...(service?.identities ?? [])],
    related: [...(service?.workloads ?? [])],
    pods: null,
    split: model.splits[key]?.name ?? null,
    protocol: service && service.ports.length > 0 ? servicePortProtocol(model, key) : null,
  };
}

function workloadShape(workload: Workload): Shape {
  return {
    meshed: workload.meshed,
    version: workload.version,
    identities: [...workload.identities],
    related: workload.services.map(serviceNode),
    pods: workload.pods,
    split: null,
    protocol: workload.protocol,
  };
}

/** An end of an edge without objects: gone within the window, or outside the mesh when not even its namespace exists. */
function unknownShape(id: string, context: NodeContext): Shape {
  const [namespace = "", kind = "", name = ""] = id.split("/");
  const workload = kind !== "service";
  const behind = workload ? [] : context.directory.workloadsOf(`${namespace}/${name}`);
  const shape: Shape = {
    // Only sidecars tell of the calls they make.
    meshed: workload || context.seenInPart || behind.some((one) => context.workloads.get(one)?.meshed),
    version: null,
    identities: [],
    related: [...behind],
    pods: workload ? { ready: 0, total: 0 } : null,
    split: null,
    protocol: null,
  };
  const inside = workload || context.seenInPart || context.namespaces.has(namespace);
  return inside ? shape : { ...shape, kind: "external" };
}

function flow(flows: Map<string, Flow>, node: string, calls: number, errors: number): void {
  const found = flows.get(node);
  if (found === undefined) flows.set(node, { calls, errors });
  else {
    found.calls += calls;
    found.errors += errors;
  }
}
