/**
 * Every golden model that has a file here, as Envoy resources: test/golden/xds/CASE.json is what is built of
 * test/golden/mesh/CASE/model.json for each of its pods. UPDATE_GOLDEN=1 writes what comes out.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonValue } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import type { MeshModel } from "@/lib/mesh/model";
import { resourceJson } from "@/server/xds/messages";
import { RESOURCE_TYPES } from "@/server/xds/names";
import { MeshSnapshot } from "@/server/xds/snapshot/mesh-snapshot";

const FOLDER = join(process.cwd(), "test/golden/xds");

describe("golden Envoy resources", () => {
  const cases = readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ""));

  it.each(cases)("%s", (name) => {
    const text = readFileSync(join(process.cwd(), "test/golden/mesh", name, "model.json"), "utf8");
    const built = build(JSON.parse(text) as MeshModel);
    const path = join(FOLDER, `${name}.json`);
    if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(path, `${JSON.stringify(built, null, 1)}\n`);
    expect(existsSync(path)).toBe(true);
    expect(built).toEqual(JSON.parse(readFileSync(path, "utf8")));
  });
});

/** By pod, then by type. What several pods get is written once, at the first of them. */
function build(model: MeshModel): Record<string, Record<string, JsonValue>> {
  const snapshot = new MeshSnapshot();
  snapshot.update(model);
  const seen = new Map<object, string>();
  const pods: Record<string, Record<string, JsonValue>> = {};
  for (const pod of Object.values(model.workloads)) {
    const view = snapshot.view(pod);
    const written: Record<string, JsonValue> = {};
    for (const type of RESOURCE_TYPES) {
      for (const resource of view?.[type].all() ?? []) {
        const first = seen.get(resource);
        written[`${type} ${resource.name}`] = first ? `as of ${first}` : resourceJson(resource);
        if (!first) seen.set(resource, pod.key);
      }
    }
    pods[pod.key] = written;
  }
  return pods;
}
