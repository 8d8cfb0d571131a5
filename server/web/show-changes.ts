import type { ControllerChanges } from "@/lib/contract/admin";
import type { Changes } from "@/lib/contract/changes";
import { AppError } from "@/lib/contract/errors";
import { MOST_CHANGES } from "@/lib/contract/most-changes";
import type { Partial } from "@/lib/contract/topology";
import { changesOf } from "./changes";
import { webContext } from "./context";
import { NO_CONTROLLER } from "./controller-facts";
import { sourceAway } from "./source-away";

const HOUR_MS = 3600_000;

/** What changed between two instants (unix milliseconds); the last hour when they are left out. */
export async function showChanges(
  range: { readonly since?: number | undefined; readonly until?: number | undefined },
  signal: AbortSignal,
): Promise<Changes> {
  const now = Date.now();
  const until = range.until ?? now;
  const since = range.since ?? until - HOUR_MS;
  const { mesh, settings } = webContext();
  const [view, controller] = await Promise.all([mesh(), fromController(since, signal)]);
  return changesOf({ since, until }, { mesh: view, meshName: settings.meshName, controller, now });
}

async function fromController(since: number, signal: AbortSignal): Promise<ControllerChanges | Partial> {
  const { controllerClient } = webContext();
  if (!controllerClient) return NO_CONTROLLER;
  try {
    return await controllerClient.changes(since, MOST_CHANGES, signal);
  } catch (error) {
    if (error instanceof AppError) return sourceAway("controller", error, null);
    throw error;
  }
}
