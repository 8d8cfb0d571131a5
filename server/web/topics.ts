/** The answers of the routes that show the mesh: what GET answers and what the stream pushes are the same. */
import type { Access } from "@/lib/contract/access";
import type { Overview } from "@/lib/contract/overview";
import type { Security } from "@/lib/contract/security";
import type { Splits } from "@/lib/contract/splits";
import type { Topology } from "@/lib/contract/topology";
import { accessOf } from "./access";
import type { WebContext } from "./context";
import { type Frame, topologyOf } from "./frame";
import { securityOf } from "./security";
import { liveOverview } from "./show-overview";
import { splitsOf } from "./splits";

/** What topics are made of besides the frame: of the context the frame is of. */
export type TopicSources = Pick<WebContext, "usage" | "controller" | "settings" | "overview">;

export interface Topics {
  topology(frame: Frame, sources: TopicSources): Promise<Topology>;
  overview(frame: Frame, sources: TopicSources): Promise<Overview>;
  splits(frame: Frame, sources: TopicSources): Promise<Splits>;
  access(frame: Frame, sources: TopicSources): Promise<Access>;
  security(frame: Frame, sources: TopicSources): Promise<Security>;
}

export const TOPICS: Topics = {
  topology: async (frame) => topologyOf(frame),
  overview: async (frame, sources) => liveOverview(frame, null, sources),
  splits: async (frame) => splitsOf(frame),
  access: async (frame, { usage }) => accessOf(frame, await usage(frame)),
  security: async (frame, { controller, settings }) => securityOf(frame, await controller.read(), settings),
};
