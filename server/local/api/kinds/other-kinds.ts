/** The kinds with little behaviour of their own. */
import { at, ensureObject, isObject, type JsonObject, listAt, objectAt, type Stored, textAt } from "../object";
import type { Behaviour } from "../resource-type";
import type { Cause } from "../status";
import { bad, dnsLabel, dnsSubdomain, oneOf, required } from "./rules";

const PLAIN: Behaviour = { generation: false, unconditionalUpdate: true, nameRule: dnsSubdomain, selectableFields: {} };

const NAME_LABEL = "kubernetes.io/metadata.name";

function labelWithName(draft: JsonObject): void {
  const metadata = ensureObject(draft, "metadata");
  ensureObject(metadata, "labels")[NAME_LABEL] = textAt(metadata, "name");
}

export const namespaceBehaviour: Behaviour = {
  ...PLAIN,
  nameRule: dnsLabel,
  selectableFields: { "status.phase": (one) => textAt(one, "status", "phase") },
  prepareCreate(draft) {
    draft.spec = { finalizers: ["kubernetes"] };
    draft.status = { phase: "Active" };
    labelWithName(draft);
  },
  prepareUpdate(draft, old) {
    // Only the finalize subresource takes the API's own finalizer away.
    draft.spec = structuredClone(objectAt(old, "spec"));
    labelWithName(draft);
  },
};

export const nodeBehaviour: Behaviour = {
  ...PLAIN,
  selectableFields: { "spec.unschedulable": (one) => String(at(one, "spec", "unschedulable") === true) },
};

export const serviceAccountBehaviour: Behaviour = PLAIN;
export const endpointsBehaviour: Behaviour = PLAIN;

const KEY = /^[-._a-zA-Z0-9]+$/;

function keyCauses(object: JsonObject): Cause[] {
  return ["data", "binaryData"].flatMap((field) =>
    Object.keys(objectAt(object, field))
      .filter((key) => !KEY.test(key) || key.length > 253)
      .map((key) => bad(`${field}[${key}]`, key, "must be letters, digits, '-', '_' or '.'")),
  );
}

function frozenCauses(object: JsonObject, old: Stored, fields: readonly string[]): Cause[] {
  if (at(old, "immutable") !== true) return [];
  const changed = fields.filter((field) => JSON.stringify(at(object, field)) !== JSON.stringify(at(old, field)));
  return [...changed, ...(at(object, "immutable") === true ? [] : ["immutable"])].map((field) => ({
    reason: "FieldValueForbidden",
    field,
    message: "Forbidden: field is immutable when `immutable` is set",
  }));
}

export const configMapBehaviour: Behaviour = {
  ...PLAIN,
  validate: keyCauses,
  validateUpdate: (object, old) => frozenCauses(object, old, ["data", "binaryData"]),
};

/** `stringData` is for writing only: it ends up in `data`. */
export function fillSecret(draft: JsonObject): void {
  draft.type ??= "Opaque";
  if (!isObject(draft.stringData)) return;
  const data = ensureObject(draft, "data");
  for (const [key, value] of Object.entries(draft.stringData))
    data[key] = Buffer.from(String(value)).toString("base64");
  delete draft.stringData;
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export const secretBehaviour: Behaviour = {
  ...PLAIN,
  selectableFields: { type: (secret) => textAt(secret, "type") },
  validate(secret) {
    const notBase64 = Object.entries(objectAt(secret, "data")).filter(
      ([, value]) => typeof value !== "string" || !BASE64.test(value),
    );
    const tls = textAt(secret, "type") === "kubernetes.io/tls";
    const missing = tls ? ["tls.crt", "tls.key"].filter((key) => at(secret, "data", key) === undefined) : [];
    return [
      ...keyCauses(secret),
      ...notBase64.map(([key]) => bad(`data[${key}]`, "<redacted>", "must be base64")),
      ...missing.map((key) => required(`data[${key}]`)),
    ];
  },
  validateUpdate: (object, old) => [
    ...frozenCauses(object, old, ["data"]),
    ...(textAt(object, "type") === textAt(old, "type")
      ? []
      : [bad("type", textAt(object, "type"), "field is immutable")]),
  ],
};

export const eventBehaviour: Behaviour = {
  ...PLAIN,
  selectableFields: Object.fromEntries([
    ...["kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath"].map(
      (field): [string, (event: Stored) => string] => [
        `involvedObject.${field}`,
        (event) => textAt(event, "involvedObject", field),
      ],
    ),
    ["reason", (event: Stored) => textAt(event, "reason")],
    ["type", (event: Stored) => textAt(event, "type")],
    ["reportingComponent", (event: Stored) => textAt(event, "reportingComponent")],
    ["source", (event: Stored) => textAt(event, "source", "component")],
  ]),
  validate(event) {
    const about = textAt(event, "involvedObject", "namespace");
    const namespace = textAt(event, "metadata", "namespace");
    // An Event about an object without a namespace lives in "default".
    const wrong = about === "" ? namespace !== "default" && namespace !== "kube-system" : about !== namespace;
    return wrong ? [bad("involvedObject.namespace", about, "does not match event.namespace")] : [];
  },
};

export const leaseBehaviour: Behaviour = {
  ...PLAIN,
  validate(lease) {
    const seconds = at(lease, "spec", "leaseDurationSeconds");
    return typeof seconds === "number" && seconds <= 0
      ? [bad("spec.leaseDurationSeconds", seconds, "must be greater than 0")]
      : [];
  },
};

export const endpointSliceBehaviour: Behaviour = {
  ...PLAIN,
  generation: true,
  validate(slice) {
    const kind = at(slice, "addressType");
    return kind === undefined ? [required("addressType")] : oneOf("addressType", kind, ["FQDN", "IPv4", "IPv6"]);
  },
  validateUpdate: (slice, old) =>
    textAt(slice, "addressType") === textAt(old, "addressType")
      ? []
      : [bad("addressType", at(slice, "addressType"), "field is immutable")],
};

/** An endpoint's readiness is unknown only when it is left out; its ports speak TCP unless they say otherwise. */
export function fillEndpointSlice(draft: JsonObject): void {
  for (const port of listAt(draft, "ports")) {
    if (!isObject(port)) continue;
    port.name ??= "";
    port.protocol ??= "TCP";
  }
}

export function fillEndpoints(draft: JsonObject): void {
  for (const subset of listAt(draft, "subsets")) {
    for (const port of listAt(subset, "ports")) if (isObject(port)) port.protocol ??= "TCP";
  }
}

export function fillWebhooks(draft: JsonObject): void {
  for (const webhook of listAt(draft, "webhooks")) {
    if (!isObject(webhook)) continue;
    webhook.failurePolicy ??= "Fail";
    webhook.matchPolicy ??= "Equivalent";
    webhook.timeoutSeconds ??= 10;
    webhook.namespaceSelector ??= {};
    webhook.objectSelector ??= {};
    if (draft.kind === "MutatingWebhookConfiguration") webhook.reinvocationPolicy ??= "Never";
    for (const rule of listAt(webhook, "rules")) if (isObject(rule)) rule.scope ??= "*";
    const service = at(webhook, "clientConfig", "service");
    if (isObject(service)) service.port ??= 443;
  }
}

function webhookCauses(webhook: unknown, path: string): Cause[] {
  const client = objectAt(webhook, "clientConfig");
  const url = textAt(client, "url");
  const causes: Cause[] = [];
  if (textAt(webhook, "name").split(".").length < 3) {
    causes.push(
      bad(`${path}.name`, textAt(webhook, "name"), "should be a domain with at least three segments separated by dots"),
    );
  }
  if ((url === "") === (client.service === undefined)) {
    causes.push({
      ...required(`${path}.clientConfig`),
      message: "Required value: exactly one of url or service is required",
    });
  }
  if (url !== "" && !url.startsWith("https://"))
    causes.push(bad(`${path}.clientConfig.url`, url, "'https' is the only allowed URL scheme"));
  if (at(webhook, "sideEffects") === undefined) causes.push(required(`${path}.sideEffects`));
  else causes.push(...oneOf(`${path}.sideEffects`, at(webhook, "sideEffects"), ["None", "NoneOnDryRun"]));
  if (!listAt(webhook, "admissionReviewVersions").includes("v1")) {
    causes.push(bad(`${path}.admissionReviewVersions`, listAt(webhook, "admissionReviewVersions"), "must include v1"));
  }
  const seconds = at(webhook, "timeoutSeconds");
  if (typeof seconds === "number" && (seconds < 1 || seconds > 30))
    causes.push(bad(`${path}.timeoutSeconds`, seconds, "must be between 1 and 30 seconds"));
  causes.push(...oneOf(`${path}.failurePolicy`, at(webhook, "failurePolicy"), ["Fail", "Ignore"]));
  if (listAt(webhook, "matchConditions").length > 0) {
    // Accepting a condition and not evaluating it would call webhooks for objects their owner excluded.
    causes.push({
      reason: "FieldValueForbidden",
      field: `${path}.matchConditions`,
      message: "Forbidden: this API does not evaluate CEL expressions",
    });
  }
  return causes;
}

export const webhookConfigurationBehaviour: Behaviour = {
  ...PLAIN,
  generation: true,
  validate: (object) =>
    listAt(object, "webhooks").flatMap((webhook, index) => webhookCauses(webhook, `webhooks[${index}]`)),
};
