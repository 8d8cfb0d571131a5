/** The service graph: the model and what was measured, as `/api/topology` answers it. */
import type { Partial as MissingPart, Topology } from "@/lib/contract/topology";
import type { MeshObjects } from "@/lib/mesh/input";
import type { MeshModel } from "@/lib/mesh/model";
import type { Problem } from "@/lib/mesh/problems";
import type { MeshSamples } from "@/lib/metrics/mesh-queries";
import type { Directory } from "@/lib/metrics/telemetry/telemetry";
import { toTheEnd } from "@/lib/time/steps";
import { AccessReader } from "./access";
import { directoryOf } from "./directory";
import { buildEdges, modelProtocols } from "./edges";
import { buildNodes } from "./nodes";
import { problemCounts } from "./problem-counts";
import { type EdgeTally, type MeshTally, tallySteps } from "./tally";
import { type Workload, workloadsOf } from "./workloads";

export interface TopologyInput extends TopologyContext {
  /** Answers of meshQueries(windowSeconds); NO_SAMPLES when metrics are away. */
  readonly samples: MeshSamples;
}

/** All a graph is made of but what was measured. */
export interface TopologyContext {
  readonly model: MeshModel;
  readonly objects: MeshObjects;
  /** Whose policy let the calls through; `smi` when left out. */
  readonly policy?: "smi" | "foreign";
  /** Unix milliseconds the figures are for. */
  readonly at: number;
  /** Of the percentiles, where they are older. */
  readonly latencyAt?: number | null | undefined;
  readonly windowSeconds: number;
  /** The objects are those a reader may see: what is called and is not among them may well be in the mesh. */
  readonly seenInPart?: boolean;
  /** What the samples cost. */
  readonly queries: { readonly count: number; readonly ms: number };
  readonly partial: readonly MissingPart[];
  /** Beyond the model's own: what the controller knows. */
  readonly problems?: readonly Problem[];
}

/** Pure and independent of the order of objects and samples; nodes and edges are sorted by id. */
export function buildTopology(input: TopologyInput): Topology {
  return toTheEnd(topologySteps(input));
}

/** As buildTopology; yields now and then, so that a caller can let others work. */
export function* topologySteps(input: TopologyInput): Generator<void, Topology> {
  return yield* stepsOfTally(yield* tallySteps(input.samples, modelProtocols(input.model)), input);
}

/** As topologySteps, of samples that were added up already. */
export function* stepsOfTally(
  { edges: tallies, received }: MeshTally,
  input: TopologyContext,
): Generator<void, Topology> {
  const { model, objects } = input;
  const seenInPart = input.seenInPart ?? false;
  const foreign = input.policy === "foreign";
  const directory = directoryOf(objects);
  const called = calledWorkloads(tallies, { model, directory });
  yield;
  const workloads = yield* workloadsOf(model, objects, { called });
  const identities = new Map([...workloads].map(([id, workload]) => [id, workload.identities]));
  yield;
  const access = new AccessReader(model, identities, foreign);
  const edges = yield* buildEdges({
    model,
    tallies,
    workloads: [...workloads.keys()],
    access,
    seenInPart,
  });
  yield;
  const problems = distinct([...model.problems, ...(input.problems ?? [])]);
  const counts = problemCounts(problems, { model, objects, workloadsByIdentity: byIdentity(workloads) });
  yield;
  const sent = edges.map(({ edge }) => edge);
  const namespaces = new Set(objects.namespaces.map((namespace) => namespace.metadata.name));
  return {
    at: input.at,
    ...(input.latencyAt != null && input.latencyAt < input.at ? { latencyAt: input.latencyAt } : {}),
    windowSeconds: input.windowSeconds,
    policyMode: foreign ? "permissive" : model.policyMode,
    nodes: yield* buildNodes({
      model,
      workloads,
      namespaces,
      edges,
      received,
      problems: counts,
      directory,
      seenInPart,
    }),
    edges: sent,
    queries: { ...input.queries },
    problems: problems.map((problem) => ({ ...problem, object: { ...problem.object } })),
    partial: [...input.partial],
  };
}

/** Callers, and those behind services that are called, which the model does not know: their namespaces are of no SMI mesh. */
function calledWorkloads(
  tallies: ReadonlyMap<string, EdgeTally>,
  { model, directory }: { readonly model: MeshModel; readonly directory: Directory },
): ReadonlySet<string> {
  const called = new Set<string>();
  for (const { source, service } of tallies.values()) {
    called.add(source);
    if (!Object.hasOwn(model.services, service)) for (const id of directory.workloadsOf(service)) called.add(id);
  }
  return called;
}

/** The controller runs the same translator, so most of what it reports is known here already. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  const byId = new Map<string, Problem>();
  for (const problem of problems) {
    const { kind, namespace, name } = problem.object;
    const id = [problem.code, kind, namespace, name, problem.field, problem.message].join("\n");
    if (!byId.has(id)) byId.set(id, problem);
  }
  return [...byId.values()];
}

function byIdentity(workloads: ReadonlyMap<string, Workload>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { id, identities } of workloads.values()) {
    for (const identity of identities) found.set(identity, [...(found.get(identity) ?? []), id]);
  }
  return found;
}
