import type { DataSource, DataSources } from "@/lib/contract/settings";
import { askAbout, type StoreAbout } from "@/server/metrics/about-store";
import { openDoor, type StoreAccess, type StoreDoor } from "@/server/metrics/access";
import { type WebContext, webContext } from "./context";
import type { SourceId } from "./data-sources";
import { checkCalls, checkController } from "./data-sources-controller";
import { checkKubernetes } from "./data-sources-kubernetes";
import { checkMetrics } from "./data-sources-metrics";
import type { WebSettings } from "./settings";

/** A check that was just made is as good as a new one: many who press the button ask once. */
const FRESH_MS = 500;
/** By context: the rights that are told are those of who asks. */
const known = new WeakMap<WebContext, Map<SourceId, { readonly at: number; readonly source: Promise<DataSource> }>>();

/** One source, or all, asked now. */
export async function showDataSources(id: SourceId | undefined): Promise<DataSources> {
  const ids: readonly SourceId[] = id === undefined ? ["kubernetes", "metrics", "controller", "calls"] : [id];
  const context = webContext();
  return { items: await Promise.all(ids.map((one) => ask(one, context))), partial: [] };
}

function ask(id: SourceId, context: WebContext): Promise<DataSource> {
  const asked = known.get(context) ?? new Map();
  known.set(context, asked);
  const last = asked.get(id);
  if (last && Date.now() - last.at < FRESH_MS) return last.source;
  const source = check(id, context);
  asked.set(id, { at: Date.now(), source });
  return source;
}

function check(
  id: SourceId,
  { client, metrics, telemetry, controllerClient, settings }: WebContext,
): Promise<DataSource> {
  const now = Date.now;
  const controller = { settings: settings.controller, client: controllerClient, now };
  switch (id) {
    case "kubernetes":
      return checkKubernetes(client, { controlNamespace: settings.controlNamespace, now });
    case "metrics":
      return checkMetrics({ settings: settings.metrics, metrics, telemetry, about: aboutOf(settings.metrics), now });
    case "controller":
      return checkController(controller);
    case "calls":
      return checkCalls(controller);
  }
}

/** One door for each access: it keeps its connections. */
const doors = new WeakMap<StoreAccess, StoreDoor>();
const ABOUT_MS = 2_000;

function aboutOf(settings: WebSettings["metrics"]): (() => Promise<StoreAbout>) | null {
  if (settings === null || settings.kind === "embedded") return null;
  const { url, access } = settings;
  const door = doors.get(access) ?? openDoor(access);
  doors.set(access, door);
  return () => askAbout({ url, door, timeoutMs: ABOUT_MS });
}
