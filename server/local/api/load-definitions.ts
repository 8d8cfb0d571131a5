/** Loads the CustomResourceDefinitions Meshdeck brings along. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { AppError } from "@/lib/contract/errors";
import { type Cluster, systemWrite, type WriteOptions } from "./cluster";
import { DEFINITIONS } from "./lifecycle/definitions";
import { targetOf } from "./lifecycle/namespaces";
import { isObject, type JsonObject, textAt } from "./object";
import { createObject } from "./verbs/create";
import { replaceObject } from "./verbs/update";

function definitionsIn(folder: string): JsonObject[] {
  try {
    return readdirSync(folder)
      .filter((file) => /\.ya?ml$/.test(file))
      .sort()
      .flatMap((file) =>
        parseAllDocuments(readFileSync(join(folder, file), "utf8")).map((document): unknown => document.toJS()),
      )
      .filter(isObject);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new AppError("internal", `The resource definitions in ${folder} cannot be read: ${why}.`, {
      hint: "Reinstall Meshdeck, or name the folder that holds them.",
      cause: error,
    });
  }
}

/** Creates them, or brings those of an earlier version up to date. */
export async function loadDefinitions(cluster: Cluster, folder: string): Promise<void> {
  const type = cluster.registry.get(DEFINITIONS);
  const options: WriteOptions = { ...systemWrite(cluster, "meshdeck-api"), fieldValidation: "Strict" };
  for (const definition of definitionsIn(folder)) {
    const name = textAt(definition, "metadata", "name");
    const target = type === null ? null : targetOf(type, "", name);
    if (target === null) continue;
    if (cluster.store.get(DEFINITIONS, "", name) === null)
      await createObject(cluster, { ...target, name: "" }, definition, options);
    else await replaceObject(cluster, target, definition, options);
  }
}
