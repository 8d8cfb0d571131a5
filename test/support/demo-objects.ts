/** The demo's manifests as objects, for any Kubernetes API. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { KubeObject } from "@/lib/kube/objects";
import { SMI_RESOURCES } from "@/lib/smi/versions";
import { type Resource, resourcePath } from "@/server/kube/resource";
import type { Api } from "./kube-api-client";
import { eventually } from "./local-mode";

const PLURALS: Readonly<Record<string, string>> = {
  Namespace: "namespaces",
  Service: "services",
  ServiceAccount: "serviceaccounts",
  Deployment: "deployments",
  ConfigMap: "configmaps",
  MeshConfig: "meshconfigs",
  Pod: "pods",
  Endpoints: "endpoints",
  ClusterRole: "clusterroles",
  RoleBinding: "rolebindings",
  CustomResourceDefinition: "customresourcedefinitions",
  ...Object.fromEntries(Object.entries(SMI_RESOURCES).map(([kind, { plural }]) => [kind, plural])),
};

export function resourceOf({ apiVersion, kind }: Pick<KubeObject, "apiVersion" | "kind">): Resource {
  const [version = "", group = ""] = apiVersion.split("/").reverse();
  const plural = PLURALS[kind];
  if (!plural) throw new Error(`a test has a ${kind}: add its plural`);
  return { group, version, plural };
}

export function demoObjects(): KubeObject[] {
  return objectsIn("deploy/demo");
}

/** Makes it. One that is there already is left as it is. */
export async function create(api: Api, object: KubeObject): Promise<void> {
  const path = resourcePath(resourceOf(object), { namespace: object.metadata.namespace });
  const { status, text } = await api.post(path, object);
  if (status !== 201 && status !== 409) throw new Error(`POST ${path}: ${status} ${text}`);
}

/** What an installation has before anything of the mesh is written, then the demo. */
export async function installDemo(api: Api): Promise<void> {
  for (const definition of objectsIn("deploy/crds")) await create(api, definition);
  // A definition that was taken is served a moment later.
  for (const object of demoObjects()) {
    await eventually(`${object.kind} ${object.metadata.name}`, 20, () => create(api, object).then(() => true));
  }
}

function objectsIn(folder: string): KubeObject[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  return files.sort().flatMap((name) =>
    parseAllDocuments(readFileSync(join(folder, name), "utf8"))
      .map((document) => document.toJS() as KubeObject | null)
      .filter((object) => object !== null),
  );
}
