import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { AppError } from "@/lib/contract/errors";
import type { KubeObject } from "@/lib/kube/objects";
import { isNotFound, isStatus, kubeError } from "./errors";
import { PODS, type Resource, type ResourceRef, resourceName, resourcePath, SERVICES } from "./resource";
import { type KubeAccess, Transport } from "./transport";
import { readWatch, type WatchOptions } from "./watch";

export interface ListOptions {
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface KubeList {
  readonly items: KubeObject[];
  /** Where a watch takes up. */
  readonly resourceVersion: string;
}

export interface WriteOptions {
  /** Ask what would happen; admission and validation run, nothing is stored. */
  readonly dryRun?: boolean;
  readonly subresource?: "status" | "scale";
}

/** As the API's query parameters of a pod's log. */
export interface LogOptions {
  readonly container: string;
  readonly tailLines?: number | undefined;
  readonly sinceSeconds?: number | undefined;
  readonly follow?: boolean | undefined;
  readonly previous?: boolean | undefined;
  readonly timestamps?: boolean | undefined;
  readonly limitBytes?: number | undefined;
  readonly signal: AbortSignal;
}

export interface ServicePort {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

export type PatchType = "merge" | "json" | "strategic";

const PATCH_TYPES: Readonly<Record<PatchType, string>> = {
  merge: "application/merge-patch+json",
  json: "application/json-patch+json",
  strategic: "application/strategic-merge-patch+json",
};
const PAGE = 500;
const FIELD_MANAGER = "meshdeck";

/**
 * The Kubernetes API for any resource, built-in or custom. Every failure is an AppError: not_found, conflict, forbidden,
 * unauthenticated, unprocessable (details.fields), invalid_request, upstream_unavailable, upstream_timeout or
 * upstream_malformed; answers of the API are KubeErrors, which keep status and reason.
 */
export class KubeClient {
  readonly #transport: Transport;

  constructor(access: KubeAccess) {
    this.#transport = new Transport(access);
  }

  /** Base URL of the API server. */
  get server(): string {
    return this.#transport.server;
  }

  /** The namespace the user works in. */
  get namespace(): string {
    return this.#transport.namespace;
  }

  /** Everything that matches, page by page. */
  async list(resource: Resource, options: ListOptions = {}): Promise<KubeList> {
    const items: KubeObject[] = [];
    let next: string | undefined;
    for (;;) {
      const page = await this.#json<ListBody>({
        method: "GET",
        path: resourcePath(resource, { namespace: options.namespace }),
        query: {
          limit: PAGE,
          continue: next,
          labelSelector: options.labelSelector,
          fieldSelector: options.fieldSelector,
        },
        doing: `list ${resourceName(resource)}`,
        signal: options.signal,
      });
      if (!Array.isArray(page.items)) throw malformed(`list of ${resourceName(resource)}`);
      // Items of a list carry no type of their own.
      const kind = String(page.kind ?? "").replace(/List$/, "");
      for (const item of page.items)
        items.push({ ...item, apiVersion: item.apiVersion ?? page.apiVersion, kind: item.kind ?? kind });
      next = page.metadata?.continue || undefined;
      if (!next) return { items, resourceVersion: page.metadata?.resourceVersion ?? "" };
    }
  }

  async get(resource: Resource, ref: ResourceRef, signal?: AbortSignal): Promise<KubeObject> {
    const doing = `read ${describe(resource, ref)}`;
    return this.#json({ method: "GET", path: resourcePath(resource, ref), doing, signal });
  }

  /** As get, but null when there is no such object. */
  async find(resource: Resource, ref: ResourceRef, signal?: AbortSignal): Promise<KubeObject | null> {
    try {
      return await this.get(resource, ref, signal);
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
  }

  /** `conflict` (reason AlreadyExists) when the name is taken. */
  async create(resource: Resource, object: KubeObject, options: WriteOptions = {}): Promise<KubeObject> {
    const { namespace, name } = object.metadata;
    return this.#json({
      method: "POST",
      path: resourcePath(resource, { namespace }),
      query: write(options),
      body: object,
      doing: `create ${describe(resource, { ...(namespace ? { namespace } : {}), name: name ?? "" })}`,
    });
  }

  /** `conflict` when the object carries a resourceVersion that is not the stored one. */
  async replace(resource: Resource, object: KubeObject, options: WriteOptions = {}): Promise<KubeObject> {
    const { namespace, name } = object.metadata;
    const ref = { ...(namespace ? { namespace } : {}), name };
    return this.#json({
      method: "PUT",
      path: resourcePath(resource, { ...ref, subresource: options.subresource }),
      query: write(options),
      body: object,
      doing: `replace ${describe(resource, ref)}`,
    });
  }

  /** `strategic` is for built-in kinds only. A JSON patch body is a list of operations. */
  async patch(
    resource: Resource,
    ref: ResourceRef,
    body: unknown,
    options: WriteOptions & { readonly type: PatchType },
  ): Promise<KubeObject> {
    return this.#json({
      method: "PATCH",
      path: resourcePath(resource, { ...ref, subresource: options.subresource }),
      query: write(options),
      body,
      contentType: PATCH_TYPES[options.type],
      doing: `change ${describe(resource, ref)}`,
    });
  }

  /** `conflict` when `resourceVersion` is given and the stored object has another. */
  async delete(
    resource: Resource,
    ref: ResourceRef,
    options: { resourceVersion?: string; dryRun?: boolean; gracePeriodSeconds?: number } = {},
  ): Promise<void> {
    const { resourceVersion, dryRun, gracePeriodSeconds } = options;
    await this.#transport.request({
      method: "DELETE",
      path: resourcePath(resource, ref),
      body: {
        apiVersion: "v1",
        kind: "DeleteOptions",
        propagationPolicy: "Background",
        ...(resourceVersion ? { preconditions: { resourceVersion } } : {}),
        ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
        ...(dryRun ? { dryRun: ["All"] } : {}),
      },
      doing: `delete ${describe(resource, ref)}`,
    });
  }

  /**
   * Events since `resourceVersion`, until the server ends the watch (resolves), the signal aborts (resolves) or something
   * breaks (rejects; isExpired says that the version is too old).
   */
  async watch(resource: Resource, options: WatchOptions & { readonly namespace?: string | undefined }): Promise<void> {
    if (options.signal.aborted) return;
    const doing = `watch ${resourceName(resource)}`;
    try {
      const response = await this.#transport.open({
        method: "GET",
        path: resourcePath(resource, { namespace: options.namespace }),
        query: {
          watch: "true",
          allowWatchBookmarks: "true",
          resourceVersion: options.resourceVersion,
          timeoutSeconds: options.timeoutSeconds,
          labelSelector: options.labelSelector,
          fieldSelector: options.fieldSelector,
        },
        signal: options.signal,
        doing,
      });
      options.onOpen?.();
      await readWatch(response, options, { server: this.server, doing });
    } catch (error) {
      if (!options.signal.aborted) throw error;
    }
  }

  /** A text answer, for example a container's log. `path` begins with a slash and its parts are encoded. */
  async text(path: string, options: { signal?: AbortSignal } = {}): Promise<string> {
    return this.#transport.request({
      method: "GET",
      path,
      accept: "text/plain, */*",
      doing: `read ${path}`,
      signal: options.signal,
    });
  }

  /**
   * A container's log as it is written, in pieces of text: what there is, and with `follow` what comes until the container
   * ends or `signal` aborts. Rejects before the first piece as any read does.
   */
  async logs(
    ref: { readonly namespace: string; readonly name: string },
    options: LogOptions,
  ): Promise<AsyncIterable<Buffer>> {
    const { container, signal, follow, previous, timestamps, ...amounts } = options;
    const flags = { follow, previous, timestamps };
    const set = Object.entries(flags).flatMap(([name, on]) => (on ? [[name, "true"] as const] : []));
    return this.#transport.open({
      method: "GET",
      path: resourcePath(PODS, { ...ref, subresource: "log" }),
      query: { container, ...amounts, ...Object.fromEntries(set) },
      accept: "text/plain, */*",
      doing: `read the log of ${container} in pod ${ref.namespace}/${ref.name}`,
      signal,
    });
  }

  /**
   * What a Service of the cluster answers to a GET, whatever its status, by the API server's proxy. Rejects when the API
   * server itself refuses, and when it reaches nobody.
   */
  async proxied(
    { namespace, name, port }: ServicePort,
    path: string,
    { query, signal }: { readonly query: URLSearchParams; readonly signal: AbortSignal },
  ): Promise<{ readonly status: number; readonly body: Readable }> {
    const service = resourcePath(SERVICES, { namespace, name: `${name}:${port}`, subresource: "proxy" });
    const doing = `ask service ${namespace}/${name}`;
    const response = await this.#transport.send({
      method: "GET",
      path: service + path,
      query: Object.fromEntries(query),
      signal,
      doing,
    });
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return { status, body: response };
    const said = await text(response);
    if (isStatus(said)) throw kubeError(status, said, doing);
    return { status, body: Readable.from([said]) };
  }

  /** Versions the API serves of a group, the preferred first. Empty when it does not know the group. */
  async servedVersions(group: string, signal?: AbortSignal): Promise<string[]> {
    try {
      const found = await this.#json<{ versions?: { version: string }[]; preferredVersion?: { version: string } }>({
        method: "GET",
        path: `/apis/${encodeURIComponent(group)}`,
        doing: `tell the versions of ${group}`,
        signal,
      });
      const versions = (found.versions ?? []).map((served) => served.version);
      const preferred = found.preferredVersion?.version;
      return preferred ? [preferred, ...versions.filter((version) => version !== preferred)] : versions;
    } catch (error) {
      if (isNotFound(error)) return [];
      throw error;
    }
  }

  /** Ends kept connections. Watches end by their own signals. */
  close(): void {
    this.#transport.close();
  }

  async #json<T = KubeObject>(request: Parameters<Transport["request"]>[0]): Promise<T> {
    const body = await this.#transport.request(request);
    try {
      return JSON.parse(body) as T;
    } catch (error) {
      throw malformed(`answer to "${request.doing}"`, error);
    }
  }
}

interface ListBody {
  readonly kind?: string;
  readonly apiVersion: string;
  readonly items?: KubeObject[];
  readonly metadata?: { readonly resourceVersion?: string; readonly continue?: string };
}

function write(options: WriteOptions): Record<string, string | undefined> {
  return { fieldManager: FIELD_MANAGER, dryRun: options.dryRun ? "All" : undefined };
}

function describe(resource: Resource, ref: ResourceRef): string {
  return `${resourceName(resource)} ${ref.namespace ? `${ref.namespace}/` : ""}${ref.name}`;
}

function malformed(what: string, cause?: unknown): AppError {
  return new AppError("upstream_malformed", `The Kubernetes API's ${what} is not what it should be.`, {
    hint: "Check that the address in the kubeconfig is one of a Kubernetes API.",
    cause,
  });
}
