import { AppError } from "@/lib/contract/errors";
import type { Namespace } from "@/lib/kube/objects";
import { webhookRegistration } from "@/server/inject/registration";
import { serveWebhook, type Webhook } from "@/server/inject/webhook";
import type { KubeClient } from "@/server/kube/client";
import { ensure } from "@/server/kube/ensure";
import type { MeshWatch } from "@/server/kube/mesh-watch";
import { MUTATING_WEBHOOKS, NAMESPACES } from "@/server/kube/resource";
import type { Logger } from "@/server/platform/log";
import type { KeyPair } from "@/server/xds/types";
import { webhookTarget } from "./endpoints";
import type { MeshState } from "./mesh-state";
import type { ControllerMetrics } from "./metrics";
import type { Settings } from "./settings";

export interface Injection extends Webhook {
  /** Makes the API server ask this webhook. */
  register(rootsPem: string): Promise<void>;
  /** Registers again and again, so that a registration that was edited or deleted comes back. */
  keepRegistered(rootsPem: string): { close(): void };
}

const REGISTER_AGAIN_MS = 60_000;

/** The injection webhook with what it needs to know of this mesh. */
export async function serveInjection(options: {
  readonly settings: Settings;
  readonly client: KubeClient;
  readonly watch: Pick<MeshWatch, "objects">;
  readonly state: Pick<MeshState, "config">;
  readonly certificate: KeyPair;
  readonly metrics: Pick<ControllerMetrics, "injected">;
  readonly log: Logger;
  readonly newId: () => string;
}): Promise<Injection> {
  const { settings, client, watch, state, log } = options;
  const scope = { meshName: settings.meshName, controlNamespace: settings.controlNamespace };
  const webhook = await serveWebhook({
    host: settings.bindHost,
    port: settings.webhookPort,
    certificate: options.certificate,
    context: () => ({
      scope,
      newId: options.newId,
      namespace: (name) => namespaceOf(name, watch, client),
      settings: {
        image: state.config.sidecarImage ?? settings.envoyImage,
        logLevel: state.config.sidecarLogLevel,
        resources: state.config.sidecarResources,
      },
    }),
    onOutcome: (outcome, seconds) => options.metrics.injected(outcome, seconds),
    log,
  });
  const target = webhookTarget(settings, webhook.port);
  const register = async (rootsPem: string) => {
    await ensure(client, MUTATING_WEBHOOKS, webhookRegistration(scope, target, rootsPem));
  };
  return {
    ...webhook,
    register,
    keepRegistered(rootsPem) {
      const timer = setInterval(() => {
        register(rootsPem).catch((error: unknown) => {
          const message = error instanceof AppError ? error.message : String(error);
          log.warn({ event: "inject.register", error: message }, "the webhook's registration could not be checked");
        });
      }, REGISTER_AGAIN_MS);
      return { close: () => clearInterval(timer) };
    },
  };
}

/** The watch may not have seen a namespace that was made a moment ago. */
async function namespaceOf(
  name: string,
  watch: Pick<MeshWatch, "objects">,
  client: KubeClient,
): Promise<Namespace | null> {
  const known = watch.objects().namespaces.find((namespace) => namespace.metadata.name === name);
  return known ?? ((await client.find(NAMESPACES, { name })) as Namespace | null);
}
