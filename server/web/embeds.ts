/** What a signed link shows: its own view and nothing else. */
import type { BoardDataQuery, PanelData } from "@/lib/contract/boards";
import type { EmbedData } from "@/lib/contract/embeds";
import type { Partial, Topology } from "@/lib/contract/topology";
import { windowSeconds } from "@/lib/contract/window";
import { graphPicture, graphSummary } from "@/lib/embeds/graph-picture";
import { serviceCard } from "@/lib/embeds/service-card";
import { type EmbedClaims, type EmbedView, viewTitle } from "@/lib/embeds/view";
import { boardData } from "./boards";
import { boardSources } from "./boards-data";
import { webContext } from "./context";
import { embedKey } from "./embeds-key";
import { embedRefusal, fromOtherSite, originRefusal, readEmbed } from "./embeds-token";
import { topologyOf } from "./frame";

/** Throws `forbidden` for a link that ended, was changed, or is used by another site; `unprocessable` when embeds are off. */
export function openEmbed(token: string, headers: Pick<Headers, "get">): EmbedClaims {
  const reading = readEmbed(token, embedKey(), Date.now());
  if (reading.state !== "good") throw embedRefusal(reading);
  if (fromOtherSite(reading.claims, headers)) throw originRefusal(reading.claims);
  return reading.claims;
}

export interface EmbedFigures extends Omit<EmbedData, "expiresAt"> {
  /** Of a graph or a card. */
  readonly topology: Topology | null;
}

export async function showEmbedData(token: string, headers: Pick<Headers, "get">): Promise<EmbedData> {
  const { view, exp } = openEmbed(token, headers);
  const { topology: _, ...figures } = await embedFigures(view);
  return { ...figures, expiresAt: exp * 1000 };
}

export async function embedFigures(view: EmbedView): Promise<EmbedFigures> {
  const base = { view, title: viewTitle(view), chart: null, card: null, summary: null, topology: null };
  switch (view.kind) {
    case "chart": {
      const { shows: kind, source, range } = view;
      const { panels, partial, at } = await boardData({ range, panels: [{ kind, source }] }, boardSources());
      return { ...base, at: panels[0]?.at ?? at, chart: panels[0] ?? null, partial };
    }
    case "service": {
      const topology = await currentTopology("30s");
      const { requests, latency, partial } = await servicePanels(view.service);
      const card = serviceCard(view.service, topology, { requests, latency });
      return { ...base, at: topology.at, card, topology, partial: once([...topology.partial, ...partial]) };
    }
    case "graph": {
      const topology = await currentTopology(view.window);
      const summary = graphSummary(graphPicture(topology, view.namespaces));
      return { ...base, at: topology.at, topology, summary, partial: topology.partial };
    }
  }
}

async function currentTopology(window: string): Promise<Topology> {
  return topologyOf(await webContext().frames.get(windowSeconds(window) ?? 30));
}

interface ServicePanels {
  readonly requests: PanelData | undefined;
  readonly latency: PanelData | undefined;
  readonly partial: readonly Partial[];
}

async function servicePanels(service: string): Promise<ServicePanels> {
  const subject = { kind: "service", service } as const;
  const panels: BoardDataQuery["panels"] = [
    { kind: "series", source: { of: "subject", subject, parts: ["requests"] } },
    { kind: "series", source: { of: "subject", subject, parts: ["p99"] } },
  ];
  const { panels: found, partial } = await boardData({ range: "15m", panels }, boardSources());
  return { requests: found[0], latency: found[1], partial };
}

/** Each part is missing once. */
function once(partial: readonly Partial[]): Partial[] {
  return partial.filter(({ part }, index) => partial.findIndex((other) => other.part === part) === index);
}
