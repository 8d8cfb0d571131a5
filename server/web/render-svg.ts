/** An embed's figures as an SVG document. */

import { panelLines } from "@/lib/boards/panel-lines";
import { chartSvg } from "@/lib/charts/svg";
import type { PanelData } from "@/lib/contract/boards";
import type { EmbedImageQuery } from "@/lib/contract/embeds";
import { cardSvg } from "@/lib/embeds/card-svg";
import { graphPicture } from "@/lib/embeds/graph-picture";
import { viewTitle } from "@/lib/embeds/view";
import { INKS } from "@/lib/picture/ink";
import { pictureSvg } from "@/lib/picture/svg";
import type { EmbedFigures } from "./embeds";

export function embedSvg(figures: EmbedFigures, size: EmbedImageQuery): string {
  const { view, card, topology, chart } = figures;
  const note = noteOf(figures);
  if (view.kind === "chart") {
    const data: PanelData = chart ?? { at: figures.at, stepSeconds: 1, series: [], total: 0, error: null };
    const { title, thresholds = [] } = view;
    return chartSvg({ title, note, thresholds, ...panelLines(data), ...size });
  }
  if (view.kind === "service" && card) return cardSvg({ card, note, ...size });
  if (view.kind === "graph" && topology) {
    const picture = graphPicture(topology, view.namespaces);
    const caption = {
      title: figures.partial.length > 0 ? `${viewTitle(view)}. ${note}` : viewTitle(view),
      at: topology.at,
      windowSeconds: topology.windowSeconds,
    };
    return sized(pictureSvg({ picture, places: null, ink: INKS[size.theme], metric: "rate", caption }), size);
  }
  throw new Error(`an embed of kind ${view.kind} without figures`);
}

/** A picture has the size of what is on it: scaled into the size that was asked for, on the same ground. */
function sized(svg: string, { width, height, theme }: EmbedImageQuery): string {
  return svg.replace(
    / width="[\d.]+" height="[\d.]+"/,
    ` width="${width}" height="${height}" style="background:${INKS[theme].bg}"`,
  );
}

/** When the figures are of, and what is missing. */
function noteOf({ at, partial, chart }: EmbedFigures): string {
  const when = `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
  const missing = chart?.error?.message ?? partial[0]?.message;
  return missing === undefined ? when : `Figures of ${when}. ${missing}`;
}
