/** Paths of fields as the version of an object spells them. */
import type { SmiMeta } from "./hub";
import { layoutOf } from "./versions";

/** `rules[0].name` of a TrafficTarget is `spec.rules[0].name` in v1alpha3 and `specs[0].name` in v1alpha1. */
export function fieldPath({ apiVersion }: Pick<SmiMeta, "apiVersion">, path: string): string {
  const { place, rulesField } = layoutOf(apiVersion);
  const spelled = path.replace(/^rules\b/, rulesField);
  return place === "spec" ? `spec.${spelled}` : spelled;
}
