import type { DataSource, DataSources } from "@/lib/contract/settings";
import { webContext } from "./context";
import type { SourceId } from "./data-sources";
import { checkCalls, checkController } from "./data-sources-controller";
import { checkKubernetes } from "./data-sources-kubernetes";
import { checkMetrics } from "./data-sources-metrics";

/** A check that was just made is as good as a new one: many who press the button ask once. */
const FRESH_MS = 500;
const asked = new Map<SourceId, { readonly at: number; readonly source: Promise<DataSource> }>();

/** One source, or all, asked now. */
export async function showDataSources(id: SourceId | undefined): Promise<DataSources> {
  const ids: readonly SourceId[] = id === undefined ? ["kubernetes", "metrics", "controller", "calls"] : [id];
  return { items: await Promise.all(ids.map(ask)), partial: [] };
}

function ask(id: SourceId): Promise<DataSource> {
  const known = asked.get(id);
  if (known && Date.now() - known.at < FRESH_MS) return known.source;
  const source = check(id);
  asked.set(id, { at: Date.now(), source });
  return source;
}

function check(id: SourceId): Promise<DataSource> {
  const { client, metrics, telemetry, controllerClient, settings } = webContext();
  const now = Date.now;
  const controller = { settings: settings.controller, client: controllerClient, now };
  switch (id) {
    case "kubernetes":
      return checkKubernetes(client, { controlNamespace: settings.controlNamespace, now });
    case "metrics":
      return checkMetrics({ settings: settings.metrics, metrics, telemetry, now });
    case "controller":
      return checkController(controller);
    case "calls":
      return checkCalls(controller);
  }
}
