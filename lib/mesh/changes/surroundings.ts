import type { HttpRouteGroup, TcpRoute } from "@/lib/smi/hub";
import { readSmi } from "@/lib/smi/read";
import type { ChangeSurroundings } from "../change-summary";
import type { MeshObjects } from "../input";
import { meshedNamespaces } from "../namespaces";

/** What a summary needs to know of the mesh as it is now. */
export function surroundingsOf(objects: MeshObjects, meshName: string): ChangeSurroundings {
  return {
    meshName,
    meshed: meshedNamespaces(objects, { meshName }),
    findRoutes: (kind, namespace, name) => routesOf(objects, { kind, namespace, name }),
  };
}

function routesOf(
  objects: MeshObjects,
  wanted: { readonly kind: string; readonly namespace: string; readonly name: string },
): HttpRouteGroup | TcpRoute | null {
  const list = wanted.kind === "TCPRoute" ? objects.tcpRoutes : objects.httpRouteGroups;
  const object = list.find(({ metadata }) => metadata.name === wanted.name && metadata.namespace === wanted.namespace);
  const reading = object === undefined ? null : readSmi(object);
  if (!reading?.ok) return null;
  const { value } = reading;
  return value.kind === "HTTPRouteGroup" || value.kind === "TCPRoute" ? value : null;
}
