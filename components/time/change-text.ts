import type { Change } from "@/lib/contract/changes";

/** `TrafficSplit bookstore/bookstore: weights bookstore-v1 90 → 50, by kubectl`. */
export function changeText({ kind, namespace, name, verb, by, summary }: Change): string {
  const what = `${kind} ${namespace === "" ? name : `${namespace}/${name}`}`;
  const how = verb === "changed" && summary !== "" ? summary : [verb, summary].filter((part) => part !== "").join(", ");
  return `${what}: ${how}${by === null ? "" : `, by ${by}`}`;
}
