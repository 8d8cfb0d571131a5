/** Pods and pod templates: what an API server fills in and insists on. */
import { at, ensureObject, isObject, type JsonObject, listAt, objectAt, type Stored, textAt } from "../object";
import type { Behaviour } from "../resource-type";
import type { Cause } from "../status";
import { bad, dnsLabel, dnsSubdomain, duplicate, oneOf, portProblem, required } from "./rules";

const DEFAULT_GRACE_SECONDS = 30;
const MODE_0644 = 420;

function defaults(target: JsonObject, values: JsonObject): void {
  for (const [field, value] of Object.entries(values)) if (target[field] === undefined) target[field] = value;
}

function fillProbe(probe: unknown): void {
  if (!isObject(probe)) return;
  defaults(probe, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 });
  if (isObject(probe.httpGet)) defaults(probe.httpGet, { path: "/", scheme: "HTTP" });
}

function fillContainer(container: JsonObject): void {
  defaults(container, {
    resources: {},
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "File",
    imagePullPolicy:
      /:[^/]+$/.test(textAt(container, "image")) && !textAt(container, "image").endsWith(":latest")
        ? "IfNotPresent"
        : "Always",
  });
  for (const port of listAt(container, "ports")) if (isObject(port)) defaults(port, { protocol: "TCP" });
  for (const entry of listAt(container, "env")) {
    const source = at(entry, "valueFrom", "fieldRef");
    if (isObject(source)) defaults(source, { apiVersion: "v1" });
  }
  for (const probe of ["livenessProbe", "readinessProbe", "startupProbe"]) fillProbe(container[probe]);
}

function fillVolume(volume: JsonObject): void {
  if (!Object.keys(volume).some((field) => field !== "name")) volume.emptyDir = {};
  for (const source of ["secret", "configMap", "projected", "downwardAPI"]) {
    const found = volume[source];
    if (isObject(found)) defaults(found, { defaultMode: MODE_0644 });
  }
  for (const item of listAt(volume, "downwardAPI", "items")) {
    const source = at(item, "fieldRef");
    if (isObject(source)) defaults(source, { apiVersion: "v1" });
  }
}

/** Defaults of a pod's spec, also as a template of a Deployment. */
export function fillPodSpec(spec: JsonObject): void {
  defaults(spec, {
    restartPolicy: "Always",
    terminationGracePeriodSeconds: DEFAULT_GRACE_SECONDS,
    dnsPolicy: "ClusterFirst",
    securityContext: {},
    schedulerName: "default-scheduler",
  });
  const account = textAt(spec, "serviceAccountName") || textAt(spec, "serviceAccount");
  if (account !== "") {
    spec.serviceAccountName = account;
    spec.serviceAccount = account;
  }
  for (const field of ["initContainers", "containers"]) {
    for (const container of listAt(spec, field)) if (isObject(container)) fillContainer(container);
  }
  for (const volume of listAt(spec, "volumes")) if (isObject(volume)) fillVolume(volume);
}

export function fillPod(draft: JsonObject): void {
  const spec = draft.spec;
  if (!isObject(spec)) return;
  fillPodSpec(spec);
  defaults(spec, { enableServiceLinks: true });
}

function containerCauses(
  path: string,
  containers: readonly unknown[],
  seen: Set<string>,
  volumes: ReadonlySet<string>,
): Cause[] {
  return containers.flatMap((container, index) => {
    const here = `${path}[${index}]`;
    const name = textAt(container, "name");
    const causes: Cause[] = [];
    const problem = dnsLabel(name);
    if (name === "") causes.push(required(`${here}.name`));
    else if (problem !== null) causes.push(bad(`${here}.name`, name, problem));
    if (seen.has(name)) causes.push(duplicate(`${here}.name`, name));
    seen.add(name);
    if (textAt(container, "image").trim() === "") causes.push(required(`${here}.image`));
    listAt(container, "ports").forEach((port, at2) => {
      const number = at(port, "containerPort");
      const where = `${here}.ports[${at2}].containerPort`;
      const why = portProblem(number);
      if (number === undefined) causes.push(required(where));
      else if (why !== null) causes.push(bad(where, number, why));
    });
    listAt(container, "env").forEach((entry, at2) => {
      if (textAt(entry, "name") === "") causes.push(required(`${here}.env[${at2}].name`));
    });
    listAt(container, "volumeMounts").forEach((mount, at2) => {
      const where = `${here}.volumeMounts[${at2}]`;
      if (textAt(mount, "mountPath") === "") causes.push(required(`${where}.mountPath`));
      const volume = textAt(mount, "name");
      if (!volumes.has(volume))
        causes.push({
          reason: "FieldValueNotFound",
          field: `${where}.name`,
          message: `Not found: ${JSON.stringify(volume)}`,
        });
    });
    return causes;
  });
}

/** What is wrong with a pod's spec at `path`. */
export function podSpecCauses(path: string, spec: unknown): Cause[] {
  const volumes = new Set(listAt(spec, "volumes").map((volume) => textAt(volume, "name")));
  const seen = new Set<string>();
  const account = textAt(spec, "serviceAccountName");
  const accountProblem = account === "" ? null : dnsSubdomain(account);
  return [
    ...(listAt(spec, "containers").length === 0 ? [required(`${path}.containers`)] : []),
    ...containerCauses(`${path}.initContainers`, listAt(spec, "initContainers"), seen, volumes),
    ...containerCauses(`${path}.containers`, listAt(spec, "containers"), seen, volumes),
    ...oneOf(`${path}.restartPolicy`, at(spec, "restartPolicy"), ["Always", "OnFailure", "Never"]),
    ...(accountProblem === null ? [] : [bad(`${path}.serviceAccountName`, account, accountProblem)]),
  ];
}

/** A pod that was never placed, or has ended, goes at once; the runner ends the others and deletes them with grace 0. */
function graceSeconds(pod: Stored, asked: number | null): number {
  const phase = textAt(pod, "status", "phase");
  if (textAt(pod, "spec", "nodeName") === "" || phase === "Succeeded" || phase === "Failed") return 0;
  const own = at(pod, "spec", "terminationGracePeriodSeconds");
  return asked ?? (typeof own === "number" ? own : DEFAULT_GRACE_SECONDS);
}

const MUTABLE = new Set([
  "activeDeadlineSeconds",
  "terminationGracePeriodSeconds",
  "tolerations",
  "nodeName",
  "schedulingGates",
]);

/** Only images and a few fields of a pod may change. */
function updateCauses(pod: JsonObject, old: Stored): Cause[] {
  const strip = (spec: JsonObject) => {
    const containers = (field: string) =>
      listAt(spec, field).map((container) => (isObject(container) ? { ...container, image: "" } : container));
    const kept = Object.fromEntries(Object.entries(spec).filter(([field]) => !MUTABLE.has(field)));
    return JSON.stringify(
      { ...kept, containers: containers("containers"), initContainers: containers("initContainers") },
      sortedKeys,
    );
  };
  if (strip(objectAt(pod, "spec")) === strip(objectAt(old, "spec"))) return [];
  const why =
    "Forbidden: pod updates may not change fields other than `spec.containers[*].image`, `spec.initContainers[*].image`, `spec.activeDeadlineSeconds`, `spec.tolerations` and `spec.terminationGracePeriodSeconds`";
  return [{ reason: "FieldValueForbidden", field: "spec", message: why }];
}

function sortedKeys(_key: string, value: unknown): unknown {
  return isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
}

export const podBehaviour: Behaviour = {
  generation: true,
  unconditionalUpdate: true,
  nameRule: dnsSubdomain,
  selectableFields: {
    "spec.nodeName": (pod) => textAt(pod, "spec", "nodeName"),
    "spec.restartPolicy": (pod) => textAt(pod, "spec", "restartPolicy"),
    "spec.schedulerName": (pod) => textAt(pod, "spec", "schedulerName"),
    "spec.serviceAccountName": (pod) => textAt(pod, "spec", "serviceAccountName"),
    "spec.hostNetwork": (pod) => String(at(pod, "spec", "hostNetwork") === true),
    "status.phase": (pod) => textAt(pod, "status", "phase"),
    "status.podIP": (pod) => textAt(pod, "status", "podIP"),
    "status.nominatedNodeName": (pod) => textAt(pod, "status", "nominatedNodeName"),
  },
  prepareCreate(draft) {
    const spec = ensureObject(draft, "spec");
    if (textAt(spec, "serviceAccountName") === "") {
      spec.serviceAccountName = "default";
      spec.serviceAccount = "default";
    }
    draft.status = { phase: "Pending", qosClass: "BestEffort" };
  },
  validate: (pod) => podSpecCauses("spec", pod.spec),
  validateUpdate: updateCauses,
  graceSeconds,
};
