/** `/openapi/v3` and its documents, made when asked for and kept until the kinds change. */
import { createHash } from "node:crypto";
import type { Cluster } from "../cluster";
import { DEFINITIONS } from "../lifecycle/definitions";
import type { JsonObject } from "../object";
import { methodNotAllowed, unknownPath } from "../status";
import { groupVersions } from "./discovery";
import { type Exchange, sendJson, sendText } from "./exchange";
import { type Described, openApiDocument } from "./openapi";

interface Made {
  readonly generation: number;
  readonly texts: Map<string, { text: string; hash: string }>;
}

const made = new WeakMap<Cluster, Made>();

function pathOf(group: string, version: string): string {
  return group === "" ? `api/${version}` : `apis/${group}/${version}`;
}

function describedBy(cluster: Cluster, group: string, version: string): Described[] {
  return cluster.registry.all().flatMap((type) => {
    const served = type.versions.find((one) => one.name === version);
    if (type.group !== group || served === undefined) return [];
    const definition = type.custom ? cluster.store.get(DEFINITIONS, "", `${type.plural}.${type.group}`) : null;
    return [{ type, version: served, definition }];
  });
}

function documents(cluster: Cluster): Made["texts"] {
  const known = made.get(cluster);
  if (known?.generation === cluster.registry.generation) return known.texts;
  const texts: Made["texts"] = new Map();
  for (const { group, versions } of groupVersions(cluster.registry)) {
    for (const version of versions) {
      const text = JSON.stringify(openApiDocument(describedBy(cluster, group, version)));
      texts.set(pathOf(group, version), {
        text,
        hash: createHash("sha256").update(text).digest("hex").slice(0, 32).toUpperCase(),
      });
    }
  }
  made.set(cluster, { generation: cluster.registry.generation, texts });
  return texts;
}

function directory(texts: Made["texts"]): JsonObject {
  const paths = [...texts].map(([path, { hash }]) => [path, { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` }]);
  return { paths: Object.fromEntries(paths) };
}

/** Version 2 is not offered: clients that know version 3 do without. */
export function serveOpenApi(cluster: Cluster, exchange: Exchange): void {
  if (exchange.method !== "GET") throw methodNotAllowed();
  if (exchange.path[1] !== "v3") throw unknownPath();
  const texts = documents(cluster);
  const wanted = exchange.path.slice(2).join("/");
  const found = texts.get(wanted);
  if (found !== undefined) {
    exchange.response.setHeader("etag", `"${found.hash}"`);
    sendText(exchange, 200, found.text);
  } else if (wanted === "") sendJson(exchange, 200, directory(texts));
  else throw unknownPath();
}
