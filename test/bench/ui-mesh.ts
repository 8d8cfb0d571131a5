/** What the graph page is given: the topology of a generated mesh, built as the server builds it, and the same a refresh later. */
import type { Topology } from "@/lib/contract/topology";
import { translate } from "@/lib/mesh/translate";
import { buildTopology } from "@/lib/topology/build";
import { generateMesh } from "./generate-mesh";
import { edgesOf, samplesOf } from "./mesh-traffic";

/** 1,500 services with a workload each and 30 split roots: 3,030 nodes, 10,500 edges, 75 namespaces. */
export function largeTopology(at: number): Topology {
  const objects = generateMesh({ services: 1500, podsPerService: 3, callsPerService: 7 });
  const model = translate(objects, { meshName: "osm", trustDomain: "cluster.local", policyMode: "smi" });
  const topology = buildTopology({
    model,
    objects,
    samples: samplesOf(edgesOf(objects)),
    at,
    windowSeconds: 30,
    partial: [],
    queries: { count: 4, ms: 40 },
  });
  return refreshed(rewired(topology), 0, at);
}

/**
 * The generated mesh calls along a chain; a real one calls what is near and a few that are far: three calls in four stay within the
 * namespace. The same every time.
 */
function rewired(topology: Topology): Topology {
  const services = topology.nodes.filter((node) => node.kind === "service");
  const near = new Map<string, typeof services>();
  for (const node of services) near.set(node.namespace, [...(near.get(node.namespace) ?? []), node]);
  let state = 7;
  const random = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const edges = new Map<string, Topology["edges"][number]>();
  for (const edge of topology.edges) {
    const own = near.get(edge.source.slice(0, edge.source.indexOf("/"))) ?? services;
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const among = random(4) < 3 ? own : services;
      const target = among[random(among.length)]?.id ?? edge.target;
      const id = `${edge.source}>${target}`;
      if (edges.has(id)) continue;
      edges.set(id, { ...edge, id, target });
      break;
    }
  }
  return { ...topology, edges: [...edges.values()].sort((a, b) => (a.id < b.id ? -1 : 1)) };
}

/** Every figure of every edge differs from refresh to refresh; one edge in fifty fails, one in two hundred is denied. */
export function refreshed(topology: Topology, turn: number, at: number): Topology {
  const edges = topology.edges.map((edge, index) => {
    const wave = 1 + 0.5 * Math.sin(index + turn / 3);
    const requestsPerSecond = index % 200 === 7 ? 0 : 40 * wave * ((index % 13) + 1);
    const denied = requestsPerSecond === 0;
    return {
      ...edge,
      requestsPerSecond,
      deniedPerSecond: denied ? 3 * wave : 0,
      denied,
      errorRatio: denied ? null : index % 50 === 3 ? 0.05 * wave : 0,
      latencyMs: { p50: 4 * wave, p95: 20 * wave, p99: 45 * wave },
    };
  });
  return { ...topology, at, edges };
}
