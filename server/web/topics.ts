/** The answers of the routes that show the mesh: what GET answers and what the stream pushes are the same. */
import type { Access } from "@/lib/contract/access";
import type { Overview } from "@/lib/contract/overview";
import type { Security } from "@/lib/contract/security";
import type { Splits } from "@/lib/contract/splits";
import type { Topology } from "@/lib/contract/topology";
import { accessOf } from "./access";
import { webContext } from "./context";
import { type Frame, topologyOf } from "./frame";
import { securityOf } from "./security";
import { liveOverview } from "./show-overview";
import { splitsOf } from "./splits";

export interface Topics {
  topology(frame: Frame): Promise<Topology>;
  overview(frame: Frame): Promise<Overview>;
  splits(frame: Frame): Promise<Splits>;
  access(frame: Frame): Promise<Access>;
  security(frame: Frame): Promise<Security>;
}

export const TOPICS: Topics = {
  topology: async (frame) => topologyOf(frame),
  overview: async (frame) => liveOverview(frame, null),
  splits: async (frame) => splitsOf(frame),
  access: async (frame) => accessOf(frame, await webContext().usage(frame)),
  security: async (frame) => {
    const { controller, settings } = webContext();
    return securityOf(frame, await controller.read(), settings);
  },
};
