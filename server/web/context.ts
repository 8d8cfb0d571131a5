/**
 * What the verbs answer from: the whole mesh, or what the viewer of the request may see of it. Made once and held on
 * globalThis, because Next loads this module more than once.
 */
import type { z } from "zod";
import type { Chart, ChartQuery } from "@/lib/contract/charts";
import type { CoverageBody } from "@/lib/contract/coverage";
import type { ServiceTrends } from "@/lib/contract/services";
import type { WhatIfResult, WhatIfSchema } from "@/lib/contract/what-if";
import type { MetricsSource } from "@/lib/metrics/query";
import type { Telemetry } from "@/lib/metrics/telemetry/telemetry";
import type { FrameGrid } from "@/lib/time/frame-grid";
import type { KubeClient } from "@/server/kube/client";
import { loadKube } from "@/server/kube/load";
import { createBaseContext } from "./base-context";
import type { CallFeed } from "./call-feed";
import type { ControllerClient } from "./controller-client";
import type { ControllerReader } from "./controller-facts";
import type { Frame } from "./frame";
import type { ReadFrames } from "./frame-tracks";
import type { HealthFrame } from "./health-frame";
import type { HourReader } from "./hour-usage";
import { EventLists } from "./kube-events";
import { ScopedContexts } from "./limited/scoped-contexts";
import { askScope } from "./login/rights";
import { currentViewer } from "./login/viewer";
import { Viewers } from "./login/viewers";
import type { MeshView } from "./mesh-view";
import type { OverviewReader } from "./overview-parts";
import type { PolicyUsage } from "./policy-usage";
import type { WebSettings } from "./settings";
import type { SharedFrames } from "./shared-frames";

type Shared<F> = Pick<SharedFrames<F>, "get" | "subscribe">;
type Changes = z.output<typeof WhatIfSchema>;

export interface WebContext {
  readonly settings: WebSettings;
  /** Throws AppError when there is no Kubernetes API to ask. */
  readonly client: () => KubeClient;
  readonly mesh: () => Promise<MeshView>;
  /** Any question at all: only for what shows the whole mesh. */
  readonly metrics: MetricsSource;
  /** The dialect of the store: what to ask it, and how to read what it answers. */
  readonly telemetry: () => Promise<Telemetry>;
  /** By window in seconds; one computation for all who look. */
  readonly frames: Shared<Frame>;
  /** The frame of a past instant (unix milliseconds). Rejects when the metrics are away. */
  readonly past: (windowSeconds: number, at: number) => Promise<Frame>;
  /** The mesh over a range of time; `live`: one that ends now. Rejects as the metrics do. */
  readonly tracks: (grid: FrameGrid, live: boolean) => Promise<ReadFrames>;
  /** Throws `not_found` for what nobody knows, and what the metrics throw. */
  readonly chart: (query: ChartQuery, signal: AbortSignal) => Promise<Chart>;
  readonly coverage: () => Promise<CoverageBody>;
  /** Judged by the calls of the last minute. */
  readonly whatIf: (change: Changes) => Promise<WhatIfResult>;
  readonly usage: (frame: Frame) => Promise<PolicyUsage>;
  /** The last hour's use of policy. */
  readonly hour: Pick<HourReader, "read">;
  readonly controller: Pick<ControllerReader, "read">;
  /** Kubernetes Events of a namespace, read once for all who look. */
  readonly events: EventLists;
  /** Requests of every service over the last minutes, under key 0. */
  readonly trends: Pick<SharedFrames<ServiceTrends>, "get">;
  /** Calls as the controller tells of them; one reading for all who look. */
  readonly calls: Pick<CallFeed, "latest" | "subscribe">;
  /** null when no controller is configured. */
  readonly controllerClient: ControllerClient | null;
  /** Calls back soon after objects changed, with the object lists that differ. Returns how to stop. */
  readonly onChange: (listener: () => void) => () => void;
  readonly overview: Omit<OverviewReader, "poke">;
  /** Under key 0; one reading for all who look. */
  readonly health: Shared<HealthFrame>;
}

interface Held {
  readonly base: WebContext;
  readonly viewers: Viewers;
}

const HELD = Symbol.for("meshdeck.web.context");

/** Of the viewer whose request this is; of the whole mesh when nobody has to sign in, or for what is public. */
export function webContext(): WebContext {
  return currentViewer()?.context ?? held().base;
}

/** Everybody who looked lately. */
export function viewers(): Viewers {
  return held().viewers;
}

/**
 * What the routes have made; null before the first was asked. For pages: Next builds them as a module graph of their own, and what a page
 * made would be of other classes than the routes know.
 */
export function contextOfRoutes(): WebContext | null {
  return (globalThis as { [HELD]?: Held })[HELD]?.base ?? null;
}

function held(): Held {
  const place = globalThis as { [HELD]?: Held };
  place[HELD] ??= create();
  return place[HELD];
}

function create(): Held {
  const base = createBaseContext();
  const scoped = new ScopedContexts(base, Date.now);
  const { kubeconfig, kubeContext, controlNamespace } = base.settings;
  const viewers = new Viewers({
    clientFor: (credentials) =>
      loadKube({ kubeconfig: kubeconfig ?? undefined, context: kubeContext ?? undefined, ...credentials }),
    askScope: async (client) => {
      const { objects } = await base.mesh();
      return askScope(client, {
        namespaces: objects.namespaces.map(({ metadata }) => metadata.name),
        controlNamespace,
      });
    },
    contextFor: (scope, client) => ({
      ...(scope === null ? base : scoped.of(scope)),
      client: () => client,
      events: new EventLists(Date.now),
    }),
    now: Date.now,
  });
  return { base, viewers };
}
