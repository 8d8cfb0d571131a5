/** Reads an input.yaml: a first document with the options, then Kubernetes objects. */
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import type { KubeObject } from "@/lib/kube/objects";
import { EMPTY_OBJECTS, type MeshObjects, type MeshOptions } from "@/lib/mesh/input";
import { overlay } from "@/lib/mesh/overlay";

export interface MeshInput {
  readonly objects: MeshObjects;
  readonly options: MeshOptions;
}

const OPTIONS: MeshOptions = { meshName: "osm", trustDomain: "cluster.local", policyMode: "smi" };

export function loadMeshInput(path: string): MeshInput {
  const [options, ...documents] = parseAllDocuments(readFileSync(path, "utf8")).map((document) => document.toJS());
  const objects = (documents as KubeObject[]).reduce((all, put) => overlay(all, { put }), EMPTY_OBJECTS);
  return { objects, options: { ...OPTIONS, ...options } };
}
