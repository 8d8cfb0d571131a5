/** Deployments and ReplicaSets. */
import { at, deepEqual, ensureObject, isObject, type JsonObject, objectAt, type Stored, textAt } from "../object";
import type { Behaviour, ScalePaths } from "../resource-type";
import { selectorCauses, selectsLabels } from "../select/labels";
import type { Cause } from "../status";
import { fillPodSpec, podSpecCauses } from "./pod";
import { bad, dnsSubdomain, labelCauses, oneOf, required } from "./rules";

export const WORKLOAD_SCALE: ScalePaths = {
  specReplicas: ["spec", "replicas"],
  statusReplicas: ["status", "replicas"],
  selector: ["spec", "selector"],
};

function fillTemplate(spec: JsonObject): void {
  const template = spec.template;
  if (!isObject(template)) return;
  ensureObject(template, "metadata");
  fillPodSpec(ensureObject(template, "spec"));
}

export function fillDeployment(draft: JsonObject): void {
  const spec = draft.spec;
  if (!isObject(spec)) return;
  spec.replicas ??= 1;
  spec.revisionHistoryLimit ??= 10;
  spec.progressDeadlineSeconds ??= 600;
  const strategy = ensureObject(spec, "strategy");
  strategy.type ??= "RollingUpdate";
  if (strategy.type === "RollingUpdate") {
    const rolling = ensureObject(strategy, "rollingUpdate");
    rolling.maxUnavailable ??= "25%";
    rolling.maxSurge ??= "25%";
  }
  fillTemplate(spec);
}

export function fillReplicaSet(draft: JsonObject): void {
  const spec = draft.spec;
  if (!isObject(spec)) return;
  spec.replicas ??= 1;
  fillTemplate(spec);
}

function replicaCauses(spec: unknown): Cause[] {
  const replicas = at(spec, "replicas");
  return typeof replicas === "number" && replicas < 0
    ? [bad("spec.replicas", replicas, "must be greater than or equal to 0")]
    : [];
}

function validate(workload: JsonObject): Cause[] {
  const spec = workload.spec;
  const selector = at(spec, "selector");
  if (!isObject(spec) || !isObject(selector)) return [required("spec.selector")];
  const labels = objectAt(spec, "template", "metadata", "labels");
  const causes = [
    ...replicaCauses(spec),
    ...selectorCauses("spec.selector", selector),
    ...labelCauses("spec.template.metadata.labels", labels),
  ];
  if (Object.keys(selector).length === 0)
    causes.push(bad("spec.selector", selector, "empty selector is invalid for deployment"));
  else if (causes.length === 0 && !selectsLabels(selector, labels as Record<string, string>)) {
    causes.push(bad("spec.template.metadata.labels", labels, "`selector` does not match template `labels`"));
  }
  causes.push(...podSpecCauses("spec.template.spec", at(spec, "template", "spec")));
  const restart = textAt(spec, "template", "spec", "restartPolicy");
  if (restart !== "" && restart !== "Always")
    causes.push(...oneOf("spec.template.spec.restartPolicy", restart, ["Always"]));
  causes.push(...oneOf("spec.strategy.type", at(spec, "strategy", "type"), ["Recreate", "RollingUpdate"]));
  return causes;
}

function validateUpdate(workload: JsonObject, old: Stored): Cause[] {
  const selector = at(workload, "spec", "selector");
  return deepEqual(selector, at(old, "spec", "selector")) ? [] : [bad("spec.selector", selector, "field is immutable")];
}

export const workloadBehaviour: Behaviour = {
  generation: true,
  unconditionalUpdate: true,
  nameRule: dnsSubdomain,
  selectableFields: { "status.replicas": (one) => String(at(one, "status", "replicas") ?? 0) },
  prepareCreate(draft) {
    draft.status = {};
  },
  validate,
  validateUpdate,
};
