/** The figures of a picture as columns, by index of its edges and nodes: what a frame of another instant is drawn from without new objects. */
import type { DrawnFigures } from "@/lib/picture/picture";
import type { Picture } from "./picture";

/** The picture's own figures. A split's line has none: NaN. Calls refused at a node are those of its edges and within it. */
export function figuresOf({ nodes, edges }: Picture): DrawnFigures {
  const denied = new Map<string, number>();
  for (const { to, edge } of edges) {
    if (edge !== null && edge.deniedPerSecond > 0) denied.set(to, (denied.get(to) ?? 0) + edge.deniedPerSecond);
  }
  return {
    edges: {
      requestsPerSecond: column(edges, ({ edge }) => edge?.requestsPerSecond),
      errorRatio: column(edges, ({ edge }) => edge?.errorRatio),
      deniedPerSecond: column(edges, ({ edge }) => edge?.deniedPerSecond),
      mtlsRatio: column(edges, ({ edge }) => edge?.mtlsRatio),
      p50Ms: column(edges, ({ edge }) => edge?.latencyMs?.p50),
      p95Ms: column(edges, ({ edge }) => edge?.latencyMs?.p95),
      p99Ms: column(edges, ({ edge }) => edge?.latencyMs?.p99),
    },
    nodes: {
      inPerSecond: column(nodes, ({ node }) => node.inPerSecond),
      outPerSecond: column(nodes, ({ node, workload }) => node.outPerSecond + (workload?.outPerSecond ?? 0)),
      errorRatio: column(nodes, ({ node }) => node.errorRatio),
      deniedPerSecond: column(nodes, ({ id, folded }) => (denied.get(id) ?? 0) + (folded?.insideDeniedPerSecond ?? 0)),
    },
  };
}

function column<Item>(items: readonly Item[], of: (item: Item) => number | null | undefined): Float32Array {
  const figures = new Float32Array(items.length);
  items.forEach((item, index) => {
    figures[index] = of(item) ?? Number.NaN;
  });
  return figures;
}
