/** What steps back so that something stands out. */
import type { Shade } from "./frame";
import type { Scene } from "./scene";

export interface Standing {
  /** Ids a search found; null: no search. */
  readonly found: { readonly nodes: ReadonlySet<string>; readonly edges: ReadonlySet<string> } | null;
  /** Id of the selected or hovered node or edge; null for none. A search comes before it. */
  readonly centre: string | null;
}

/** Dims everything but what was found, or but the centre with its edges and their other ends. null: nothing is dimmed. */
export function shadeOf(scene: Scene, { found, centre }: Standing): Shade | null {
  const { nodes, edges } = scene.picture;
  if (found) {
    return {
      nodes: Uint8Array.from(nodes, ({ id }) => (found.nodes.has(id) ? 0 : 1)),
      edges: Uint8Array.from(edges, ({ id }) => (found.edges.has(id) ? 0 : 1)),
    };
  }
  if (centre === null) return null;
  const node = scene.indexOf.get(centre) ?? -1;
  const shade: Shade = { nodes: new Uint8Array(nodes.length).fill(1), edges: new Uint8Array(edges.length).fill(1) };
  let met = node >= 0;
  if (met) shade.nodes[node] = 0;
  edges.forEach(({ id }, index) => {
    const from = scene.from[index] ?? 0;
    const to = scene.to[index] ?? 0;
    if (id !== centre && from !== node && to !== node) return;
    met = true;
    shade.edges[index] = 0;
    shade.nodes[from] = 0;
    shade.nodes[to] = 0;
  });
  return met ? shade : null;
}
