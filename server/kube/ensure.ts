import type { KubeObject } from "@/lib/kube/objects";
import type { KubeClient } from "./client";
import { isConflict } from "./errors";
import type { Resource } from "./resource";

/** How often to start over when someone else writes the object at the same time. */
const ATTEMPTS = 4;

/**
 * Makes the object on the server say everything `desired` says. What others put there besides is kept. Writes nothing
 * when it says so already. Returns the object as stored.
 */
export async function ensure(
  client: Pick<KubeClient, "find" | "create" | "replace">,
  resource: Resource,
  desired: KubeObject,
): Promise<KubeObject> {
  const { namespace, name } = desired.metadata;
  const ref = namespace ? { namespace, name } : { name };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const live = await client.find(resource, ref);
      if (!live) return await client.create(resource, desired);
      if (says(live, desired)) return live;
      return await client.replace(resource, merge(live, desired) as KubeObject);
    } catch (error) {
      if (!isConflict(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Whether everything in `wanted` is in `live`. Lists have to be equally long: a longer one says something else. */
export function says(live: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(live) && live.length === wanted.length && wanted.every((part, index) => says(live[index], part))
    );
  }
  if (!isRecord(wanted)) return live === wanted;
  return isRecord(live) && Object.entries(wanted).every(([name, value]) => says(live[name], value));
}

function merge(live: unknown, wanted: unknown): unknown {
  if (!isRecord(live) || !isRecord(wanted)) return wanted;
  const result: Record<string, unknown> = { ...live };
  for (const [name, value] of Object.entries(wanted)) result[name] = merge(live[name], value);
  return result;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
