/** Mutating and validating webhooks, as registered in the cluster itself. */
import type { ApiLog, WriteOptions } from "../cluster";
import { isObject, type JsonObject, listAt, objectAt, type Stored, textAt } from "../object";
import { applyJsonPatch } from "../patch/json-patch";
import { badRequest, internal, StatusError } from "../status";
import type { Store } from "../store/store";
import { userInfoJson } from "../user";
import { callHook, type ServiceResolver } from "./call";
import { type AdmissionRequest, type Hook, hookMatches } from "./match";

export interface Admission {
  /** The object as the mutating webhooks leave it. Throws what they refuse. */
  mutate(request: AdmissionRequest & { object: JsonObject }, options: WriteOptions): Promise<JsonObject>;
  /** Throws what the validating webhooks refuse. */
  validate(request: AdmissionRequest, options: WriteOptions): Promise<void>;
}

export interface AdmissionDeps {
  readonly store: Store;
  readonly newUid: () => string;
  readonly resolveService: ServiceResolver;
  readonly log: ApiLog;
}

const GROUP = "admissionregistration.k8s.io";
const MUTATING = { group: GROUP, plural: "mutatingwebhookconfigurations" };
const VALIDATING = { group: GROUP, plural: "validatingwebhookconfigurations" };
const NAMESPACES = { group: "", plural: "namespaces" };

function hooksOf(store: Store, named: typeof MUTATING): Hook[] {
  return [...store.list(named)].flatMap((configuration) =>
    listAt(configuration, "webhooks")
      .filter(isObject)
      .map((settings) => ({ name: textAt(settings, "name"), configuration: configuration.metadata.name, settings })),
  );
}

function namespaceLabels(store: Store, request: AdmissionRequest): Record<string, string> | null {
  const { type, namespace } = request.target;
  if (type.group === "" && type.plural === "namespaces") {
    return objectAt(request.object ?? request.old, "metadata", "labels") as Record<string, string>;
  }
  if (!type.namespaced) return null;
  return { ...store.get(NAMESPACES, "", namespace)?.metadata.labels };
}

function reviewOf(request: AdmissionRequest, uid: string, options: WriteOptions): JsonObject {
  const { type, version, namespace, name, subresource } = request.target;
  const kind = { group: type.group, version: version.name, kind: type.kind };
  const resource = { group: type.group, version: version.name, resource: type.plural };
  const json = (value: JsonObject | Stored | null) => (value === null ? null : (value as JsonObject));
  return {
    kind: "AdmissionReview",
    apiVersion: "admission.k8s.io/v1",
    request: {
      uid,
      kind,
      resource,
      ...(subresource === "" ? {} : { subResource: subresource }),
      requestKind: kind,
      requestResource: resource,
      name: name || textAt(request.object, "metadata", "name"),
      ...(type.namespaced ? { namespace } : {}),
      operation: request.operation,
      userInfo: userInfoJson(options.user),
      object: json(request.object),
      oldObject: json(request.old),
      dryRun: options.dryRun,
      options: {
        kind: `${request.operation[0]}${request.operation.slice(1).toLowerCase()}Options`,
        apiVersion: "meta.k8s.io/v1",
      },
    },
  };
}

function refusal(hook: Hook, response: JsonObject): StatusError {
  const status = objectAt(response, "status");
  const code = typeof status.code === "number" && status.code >= 400 ? status.code : 403;
  const why = textAt(status, "message") || textAt(status, "reason");
  const message = `admission webhook ${JSON.stringify(hook.name)} denied the request${why === "" ? " without explanation" : `: ${why}`}`;
  return new StatusError(code, textAt(status, "reason") || (code === 403 ? "Forbidden" : "Invalid"), message);
}

function patched(object: JsonObject, response: JsonObject): JsonObject {
  const patch = textAt(response, "patch");
  if (patch === "") return object;
  if (response.patchType !== "JSONPatch")
    throw new Error(`its patch is of type ${JSON.stringify(response.patchType)}, not "JSONPatch"`);
  return applyJsonPatch(object, JSON.parse(Buffer.from(patch, "base64").toString("utf8")));
}

export function createAdmission(deps: AdmissionDeps): Admission {
  /** Null: the webhook failed and may be passed over. */
  async function ask(hook: Hook, request: AdmissionRequest, options: WriteOptions): Promise<JsonObject | null> {
    if (options.dryRun && !["None", "NoneOnDryRun"].includes(textAt(hook.settings, "sideEffects"))) {
      throw badRequest(`admission webhook ${JSON.stringify(hook.name)} does not support dry run`);
    }
    try {
      const response = await callHook(hook, reviewOf(request, deps.newUid(), options), deps.resolveService);
      for (const warning of listAt(response, "warnings")) options.warn(String(warning));
      return response;
    } catch (error) {
      return passOver(hook, error);
    }
  }

  function passOver(hook: Hook, error: unknown): null {
    const why = error instanceof Error ? error.message : String(error);
    if (textAt(hook.settings, "failurePolicy") === "Ignore") {
      deps.log.warn({ webhook: hook.name, error: why }, "a webhook failed and is ignored, as its failurePolicy says");
      return null;
    }
    const url = textAt(hook.settings, "clientConfig", "url");
    throw internal(
      `failed calling webhook ${JSON.stringify(hook.name)}: failed to call webhook${url === "" ? "" : ` at ${url}`}: ${why}`,
    );
  }

  function matching(named: typeof MUTATING, request: AdmissionRequest): Hook[] {
    // Webhooks are never asked about webhooks: a broken one could not be taken away again.
    if (request.target.type.group === GROUP) return [];
    const labels = namespaceLabels(deps.store, request);
    return hooksOf(deps.store, named).filter((hook) => hookMatches(hook, request, labels));
  }

  async function mutateOnce(
    hook: Hook,
    request: AdmissionRequest & { object: JsonObject },
    options: WriteOptions,
  ): Promise<JsonObject> {
    const response = await ask(hook, request, options);
    if (response === null) return request.object;
    if (response.allowed !== true) throw refusal(hook, response);
    try {
      return patched(request.object, response);
    } catch (error) {
      passOver(hook, error);
      return request.object;
    }
  }

  return {
    async mutate(request, options) {
      const hooks = matching(MUTATING, request);
      const askedBefore: { hook: Hook; saw: JsonObject }[] = [];
      let object = request.object;
      for (const hook of hooks) {
        const result = await mutateOnce(hook, { ...request, object }, options);
        askedBefore.push({ hook, saw: result });
        object = result;
      }
      // Whoever wants to see what later webhooks made of the object is asked once more.
      for (const { hook, saw } of askedBefore) {
        if (textAt(hook.settings, "reinvocationPolicy") !== "IfNeeded" || saw === object) continue;
        object = await mutateOnce(hook, { ...request, object }, options);
      }
      return object;
    },
    async validate(request, options) {
      await Promise.all(
        matching(VALIDATING, request).map(async (hook) => {
          const response = await ask(hook, request, options);
          if (response !== null && response.allowed !== true) throw refusal(hook, response);
        }),
      );
    },
  };
}
