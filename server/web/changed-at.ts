import type { KubeObject } from "@/lib/kube/objects";

/** Unix milliseconds at which somebody last wrote an object, as the API server noted it; 0 when it did not. */
export function changedAt({ metadata }: KubeObject): number {
  const { managedFields } = metadata as { managedFields?: unknown };
  const entries = Array.isArray(managedFields) ? (managedFields as { time?: unknown; subresource?: unknown }[]) : [];
  // A status that was written is no change of what was asked.
  const written = entries.filter(({ subresource }) => !subresource).map(({ time }) => time);
  const times = [metadata.creationTimestamp, ...written].map((time) => Date.parse(String(time)));
  return times.reduce((last, time) => (Number.isNaN(time) ? last : Math.max(last, time)), 0);
}
