/** The answers of the routes that show the mesh: what GET answers and what the stream pushes are the same. */
import type { Access } from "@/lib/contract/access";
import type { Health } from "@/lib/contract/health";
import type { Problems } from "@/lib/contract/namespaces";
import type { Security } from "@/lib/contract/security";
import type { Splits } from "@/lib/contract/splits";
import type { Topology } from "@/lib/contract/topology";
import { ownVersion } from "@/server/platform/version";
import { accessOf } from "./access";
import { type WebContext, webContext } from "./context";
import { type Frame, topologyOf } from "./frame";
import { healthOf } from "./health";
import { problemsOf } from "./namespaces";
import { securityOf } from "./security";
import { splitsOf } from "./splits";

export interface Topics {
  topology(frame: Frame): Promise<Topology>;
  splits(frame: Frame): Promise<Splits>;
  access(frame: Frame): Promise<Access>;
  security(frame: Frame): Promise<Security>;
}

export const TOPICS: Topics = {
  topology: async (frame) => topologyOf(frame),
  splits: async (frame) => splitsOf(frame),
  access: async (frame) => accessOf(frame, await webContext().usage(frame)),
  security: async (frame) => {
    const { controller, settings } = webContext();
    return securityOf(frame, await controller.read(), settings.meshName);
  },
};

export async function currentProblems(): Promise<Problems> {
  return problemsOf(await webContext().mesh());
}

export async function currentHealth(context: WebContext = webContext()): Promise<Health> {
  const { settings, startedAt, controller } = context;
  const facts = await controller.read();
  return healthOf({
    at: Date.now(),
    startedAt,
    version: ownVersion(),
    meshName: settings.meshName,
    statusFile: settings.statusFile,
    partial: [...context.partial(), ...facts.partial],
  });
}
