/** The graph as an embed draws it: services and who calls them, of the namespaces that were signed. */
import type { Topology, TopologyNode } from "@/lib/contract/topology";
import type { DrawnEdge, DrawnNode, DrawnPicture } from "@/lib/picture/picture";

/** No namespaces: all. A call is drawn when either end is in them, so that nothing that reaches them is hidden. */
export function graphPicture(topology: Topology, namespaces: readonly string[]): DrawnPicture {
  const chosen = new Set(namespaces);
  const inside = new Set(
    topology.nodes.filter(({ namespace }) => chosen.size === 0 || chosen.has(namespace)).map(({ id }) => id),
  );
  const calls = topology.edges.filter(
    ({ source, target, requestsPerSecond, deniedPerSecond }) =>
      requestsPerSecond + deniedPerSecond > 0 && (inside.has(source) || inside.has(target)),
  );
  const touched = new Set(calls.flatMap(({ source, target }) => [source, target]));
  const services = topology.nodes.filter(({ id, kind }) => kind === "service" && inside.has(id));
  const shown = topology.nodes.filter((node) => touched.has(node.id) || services.includes(node));
  return {
    nodes: shown.map(drawn),
    edges: [
      ...calls.map((edge): DrawnEdge => ({ id: edge.id, from: edge.source, to: edge.target, kind: "call", edge })),
      ...backing(shown),
    ],
  };
}

/** A service to the workloads behind it that call others: the way through is seen. */
function backing(shown: readonly TopologyNode[]): DrawnEdge[] {
  const ids = new Set(shown.map(({ id }) => id));
  return shown
    .filter(({ kind }) => kind === "service")
    .flatMap(({ id, related }) =>
      related
        .filter((other) => ids.has(other))
        .map((other): DrawnEdge => ({ id: `${id}=${other}`, from: id, to: other, kind: "backs", edge: null })),
    );
}

function drawn(node: TopologyNode): DrawnNode {
  return {
    id: node.id,
    namespace: node.namespace,
    name: node.name,
    shape: shapeOf(node),
    node,
    workload: null,
    version: node.version,
    pods: node.pods,
    group: node.namespace,
    folded: null,
  };
}

function shapeOf({ kind, protocol }: TopologyNode): DrawnNode["shape"] {
  if (kind === "external") return "external";
  if (kind !== "service") return "workload";
  return protocol === "tcp" ? "tcp" : "service";
}

/** The picture in one sentence, for who does not see it. */
export function graphSummary({ nodes, edges }: DrawnPicture): string {
  const calls = edges.flatMap(({ edge }) => edge ?? []);
  const failing = calls.filter(({ errorRatio }) => (errorRatio ?? 0) > 0.01).length;
  const denied = calls.filter((edge) => edge.deniedPerSecond > 0).length;
  return `${nodes.length} nodes, ${calls.length} calls: ${failing} failing, ${denied} denied`;
}
