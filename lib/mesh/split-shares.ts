/** What share of a root's calls each backend of its split gets. */
import type { MeshModel, MeshSplit, MeshSplitBackend } from "./model";

export interface SplitShare {
  /** Service key. */
  readonly service: string;
  readonly weight: number;
  /** 0 to 1; 0 for all when no weight is above 0 (such calls are answered 503). */
  readonly share: number;
  readonly state: MeshSplitBackend["state"];
}

/**
 * The backends that take part in calls to `port` (a port of the root Service; null: any), with their shares. A backend
 * that lacks the port takes no part; a missing one keeps its share and answers 503.
 */
export function splitShares(model: MeshModel, split: MeshSplit, port: number | null = null): readonly SplitShare[] {
  const taking = split.backends.filter(
    ({ service, state }) =>
      port === null || state === "missing" || (model.services[service]?.ports ?? []).some((one) => one.port === port),
  );
  const total = taking.reduce((sum, { weight }) => sum + weight, 0);
  return taking.map(({ service, weight, state }) => ({
    service,
    weight,
    share: total === 0 ? 0 : weight / total,
    state,
  }));
}
