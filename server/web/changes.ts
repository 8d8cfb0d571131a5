/** GET /api/changes: what the controller saw change; and of the time before, what the objects themselves tell. */
import type { ControllerChanges } from "@/lib/contract/admin";
import type { Change, Changes } from "@/lib/contract/changes";
import { MOST_CHANGES } from "@/lib/contract/most-changes";
import type { Partial } from "@/lib/contract/topology";
import { createdAt, lastWrite } from "@/lib/kube/managed-fields";
import type { KubeObject } from "@/lib/kube/objects";
import { type ChangeSurroundings, summarise, summariseNow } from "@/lib/mesh/change-summary";
import { surroundingsOf } from "@/lib/mesh/changes/surroundings";
import type { MeshView } from "./mesh-view";

export interface ChangeRange {
  /** Unix milliseconds. */
  readonly since: number;
  readonly until: number;
}

export interface ChangeSources {
  readonly mesh: MeshView;
  readonly meshName: string;
  /** What it saw, or why it cannot be asked. */
  readonly controller: ControllerChanges | Partial;
  /** Unix milliseconds. */
  readonly now: number;
}

/** A write within so much of the creation is the creation. */
const SAME_WRITE_MS = 2_000;

const WRITTEN_SINCE = "was made; what it asked for then is not known";

export function changesOf(range: ChangeRange, { mesh, meshName, controller, now }: ChangeSources): Changes {
  const watchedSince = "items" in controller ? controller.watchedSince : Number.POSITIVE_INFINITY;
  const seen = "items" in controller ? controller.items : [];
  const inRange = (at: number) => at >= range.since && at <= range.until;
  const unseen = (at: number) => inRange(at) && at < watchedSince;
  const told = watchedSince > range.since ? toldByObjects(mesh, surroundingsOf(mesh.objects, meshName), unseen) : [];
  const changes = [...seen.filter(({ at }) => inRange(at)), ...told].sort((a, b) => b.at - a.at).slice(0, MOST_CHANGES);
  return { at: now, changes, partial: [...mesh.partial, ...gap(range, controller)] };
}

/** Each object's creation and its last write: no deletions, and nothing of what was written in between. */
function toldByObjects(mesh: MeshView, around: ChangeSurroundings, wanted: (at: number) => boolean): Change[] {
  const { namespaces, services, trafficSplits, trafficTargets, httpRouteGroups, tcpRoutes } = mesh.objects;
  const lists = [namespaces, services, trafficSplits, trafficTargets, httpRouteGroups, tcpRoutes, mesh.deployments];
  const objects: KubeObject[] = lists.flat();
  if (mesh.meshConfig) objects.push(mesh.meshConfig);
  return objects.flatMap((object) => toldBy(object, around, wanted));
}

function toldBy(object: KubeObject, around: ChangeSurroundings, wanted: (at: number) => boolean): Change[] {
  const created = createdAt(object);
  const write = lastWrite(object);
  const later = write !== null && (created === null || write.at > created + SAME_WRITE_MS);
  const told: Change[] = [];
  if (created !== null && wanted(created)) {
    const made = summarise({ before: null, after: object }, around);
    // What it was when it was made is not known once it was written again.
    if (made && later) told.push({ ...made, at: created, by: null, summary: WRITTEN_SINCE });
    else if (made) told.push({ ...made, at: created, by: write?.by ?? null });
  }
  const written = later && wanted(write.at) ? summariseNow(object, around) : null;
  if (written && write) told.push({ ...written, ...write });
  return told;
}

function gap({ since, until }: ChangeRange, controller: ChangeSources["controller"]): Partial[] {
  if (!("items" in controller)) {
    const hint = "What objects say of themselves is shown: deletions and all but the last change of each are missing.";
    return [{ ...controller, hint: `${controller.hint} ${hint}`.trim() }];
  }
  if (controller.watchedSince <= since) return [];
  const from = new Date(Math.min(controller.watchedSince, until)).toISOString();
  return [
    {
      part: "controller",
      message: `The controller has watched changes only since ${from.slice(0, 10)} ${from.slice(11, 16)} UTC.`,
      hint: "Of the time before, deletions and all but the last change of each object are missing.",
      lastGoodAt: null,
    },
  ];
}
