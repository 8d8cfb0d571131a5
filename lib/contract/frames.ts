/** `/api/topology/frames`: the service graph over a range of time. Nodes and edges stand once, figures as columns. */
import { z } from "zod";
import { EDGE_COLUMNS, NODE_COLUMNS } from "@/lib/topology/mesh-frames";
import { PartialSchema, ProblemSchema, TopologyEdgeSchema, TopologyNodeSchema, TopologySchema } from "./topology";
import { windowSchema } from "./window-schema";

export const FramesQuerySchema = z.strictObject({
  range: windowSchema(60, 24 * 3600).default("1h"),
  /** Time from frame to frame; chosen from the range when left out. */
  step: windowSchema(1, 3600).optional(),
  /** What rates are taken over, at least a step. */
  window: windowSchema(10, 6 * 3600).default("30s"),
  /** End of the range, unix milliseconds; now when left out. */
  at: z.coerce.number().int().positive().optional(),
});

/** In the order of the answer's edges (or nodes), frames of one after the other. */
export const ColumnSchema = z
  .object({
    constants: z.string(),
    values: z.string(),
  })
  .describe(
    "Base64 of 16-bit codes, low byte first. A code c of 1 to 65533 stands for 10^((c - 1) / 4096 - 6), 0 for 0 and 65535 for unknown. " +
      "`constants` has one code for each edge (or node): its figure in every frame that was measured; 65534 says that its figures differ, " +
      "and then `values` has one code for each frame, row after row, in the order of the edges (or nodes).",
  );

export const FrameNodeSchema = TopologyNodeSchema.omit({ inPerSecond: true, outPerSecond: true, errorRatio: true });

/** Source and target are positions in `nodes`; the edge's id is `source id>target id`. Policy is the one of now. */
export const FrameEdgeSchema = TopologyEdgeSchema.pick({
  protocol: true,
  desiredShare: true,
  splitRoot: true,
  allowed: true,
  policies: true,
}).extend({ source: z.number().int(), target: z.number().int() });

export const FramesSchema = z.object({
  /** Unix milliseconds of the last frame; the others are a step apart before it. */
  at: z.number(),
  stepSeconds: z.number(),
  /** What rates are taken over. */
  windowSeconds: z.number(),
  policyMode: TopologySchema.shape.policyMode,
  /** One for each frame: false where the metrics store has nothing, which is a gap and not a mesh without calls. */
  measured: z.array(z.boolean()),
  /** What there is now and what there was in the range. */
  nodes: z.array(FrameNodeSchema),
  edges: z.array(FrameEdgeSchema),
  /** Calls a node's own sidecar let in, and its share of errors; for nodes that are workloads. */
  nodeColumns: z.object(columnsOf(NODE_COLUMNS)),
  /** Per edge. `denied` is 1 where calls were refused and none was let through. `bytesPerSecond` is of TCP only. */
  edgeColumns: z.object(columnsOf(EDGE_COLUMNS)),
  queries: z.object({ count: z.number(), ms: z.number() }),
  problems: z.array(ProblemSchema),
  partial: z.array(PartialSchema),
});

function columnsOf<Name extends string>(names: readonly Name[]): Record<Name, typeof ColumnSchema> {
  return Object.fromEntries(names.map((name) => [name, ColumnSchema])) as Record<Name, typeof ColumnSchema>;
}

export type FramesQuery = z.output<typeof FramesQuerySchema>;
export type Column = z.infer<typeof ColumnSchema>;
export type FrameNode = z.infer<typeof FrameNodeSchema>;
export type FrameEdge = z.infer<typeof FrameEdgeSchema>;
export type Frames = z.infer<typeof FramesSchema>;
