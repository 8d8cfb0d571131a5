import type { ResourceType } from "../names";
import { makeResource, type Resource } from "../resource";
import type { ResourceSet } from "../resource-set";

/** Makes resources and counts them: the measure of what a change cost. */
export class Maker {
  made = 0;

  resource(type: ResourceType, name: string, bytes: Uint8Array): Resource {
    this.made += 1;
    return makeResource(type, name, bytes);
  }
}

export function setOf(resources: readonly Resource[]): ResourceSet {
  return new Map(resources.map((resource) => [resource.name, resource]));
}
