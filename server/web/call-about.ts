/** Which calls concern one service or workload. Calls to the root of a split were answered by its backends. */
import { type CallTest, callTest } from "@/lib/calls/filter";
import type { CallFilter } from "@/lib/contract/calls";
import { answeringServices } from "@/lib/mesh/access";
import type { MeshModel } from "@/lib/mesh/model";

/** The test of a filter by the model that is in force. `about` names a service by key or node id. */
export function callTestIn(model: MeshModel, { about, ...rest }: CallFilter): CallTest {
  const others = callTest(rest);
  if (about === undefined) return others;
  const ends = aboutEnds(model, about).map((end) => callTest({ about: end }));
  return (call) => others(call) && ends.some((fits) => fits(call));
}

/** The node or service itself, and the services that answer for it. */
export function aboutEnds(model: MeshModel, about: string): readonly string[] {
  const [namespace = "", kind, name] = about.split("/");
  const service = kind === "service" && name !== undefined ? `${namespace}/${name}` : about;
  const answering = Object.hasOwn(model.services, service) ? answeringServices(model, service) : [];
  return [...new Set([about, service, ...answering])];
}
