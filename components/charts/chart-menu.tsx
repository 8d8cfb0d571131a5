"use client";
import { Code, Copy, Ellipsis, Maximize2, Plus, Share2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { freeTitle, keepBoard, useOwnBoards } from "@/components/boards/own-boards";
import { EmbedDialog } from "@/components/embeds/embed-dialog";
import { useUrlState } from "@/components/shell/url-state";
import { useTheme } from "@/components/theme/use-theme";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuHeading, MenuItem, MenuLine } from "@/components/ui/menu";
import { toast } from "@/components/ui/toasts";
import { decodeBoard, encodeBoard } from "@/lib/boards/codec";
import { addPanel } from "@/lib/boards/layout";
import { type Board, MOST_PANELS } from "@/lib/boards/panel";
import { chartSvg } from "@/lib/charts/svg";
import type { EmbedView } from "@/lib/embeds/view";
import type { ChartOrigin } from "./chart-origin";
import { copyPng } from "./copy-png";
import { QueryDialog } from "./query-dialog";
import { TimeChart, type TimeChartProps } from "./time-chart";

interface ChartMenuProps {
  origin: ChartOrigin;
  /** What it draws now; null for what is no chart over time. */
  chart: TimeChartProps | null;
  /** More items, above the others. */
  children?: ReactNode;
}

const SIZE = { series: { w: 6, h: 5 }, stat: { w: 3, h: 2 }, top: { w: 6, h: 5 } } as const;

/** What can be done with a chart: expand, add to a board, copy as PNG, see its queries. */
export function ChartMenu({ origin, chart, children }: ChartMenuProps) {
  const [open, setOpen] = useState<"expanded" | "query" | "embed" | null>(null);
  const { shown: theme } = useTheme();
  const own = useOwnBoards();
  const { get, setUrl } = useUrlState();
  const close = () => setOpen(null);

  function addTo(board: Board): void {
    if (board.panels.length >= MOST_PANELS) {
      toast(`${board.title} has ${MOST_PANELS} panels: remove one first`, "degraded");
      return;
    }
    const { title, kind, source, thresholds } = origin;
    const panel = { title, kind, source, ...(thresholds ? { thresholds } : {}) };
    const next = { ...board, panels: addPanel(board.panels, panel, SIZE[kind]) };
    keepBoard(next);
    if (get("own") === encodeBoard(board)) setUrl({ own: encodeBoard(next) }, "push");
    toast(`Added to ${board.title}`);
  }
  function copy(of: TimeChartProps): void {
    const { title, unit, times, lines, band = false, thresholds = [] } = of;
    const note = `${new Date(times.at(-1) ?? 0).toISOString().slice(0, 16).replace("T", " ")} UTC`;
    const svg = chartSvg({ title, note, unit, times, lines, band, thresholds, theme, width: 720, height: 320 });
    void copyPng(svg, title);
  }

  return (
    <>
      <Menu
        label={`Actions of ${origin.title}`}
        trigger={
          <IconButton label={`Actions of ${origin.title}`} size="sm" className="-my-1 -mr-1.5">
            <Ellipsis size={16} aria-hidden="true" />
          </IconButton>
        }
      >
        {children}
        {chart && (
          <>
            <MenuItem onSelect={() => setOpen("expanded")}>
              <Maximize2 size={14} aria-hidden="true" /> Expand
            </MenuItem>
            <MenuItem onSelect={() => copy(chart)}>
              <Copy size={14} aria-hidden="true" /> Copy as PNG
            </MenuItem>
          </>
        )}
        <MenuItem onSelect={() => setOpen("query")}>
          <Code size={14} aria-hidden="true" /> Show its queries
        </MenuItem>
        <MenuItem onSelect={() => setOpen("embed")}>
          <Share2 size={14} aria-hidden="true" /> Embed
        </MenuItem>
        <MenuLine />
        <MenuHeading>Add to a board</MenuHeading>
        {Object.entries(own).map(([title, text]) => (
          <MenuItem key={title} onSelect={() => addTo(decodeBoard(text) ?? { title, panels: [] })}>
            {title}
          </MenuItem>
        ))}
        <MenuItem onSelect={() => addTo({ title: freeTitle(own), panels: [] })}>
          <Plus size={14} aria-hidden="true" /> New board
        </MenuItem>
      </Menu>
      {open === "query" && <QueryDialog origin={origin} onClose={close} />}
      {open === "embed" && <EmbedDialog view={embedView(origin)} onClose={close} />}
      {open === "expanded" && chart && (
        <Dialog open onClose={close} title={origin.title} className="w-[min(1100px,96vw)]">
          <div className="px-5 pt-2 pb-5">
            <TimeChart {...chart} titleHidden height={420} />
          </div>
        </Dialog>
      )}
    </>
  );
}

function embedView({ title, kind, source, thresholds, range }: ChartOrigin): EmbedView {
  return { kind: "chart", title, shows: kind, source, range, ...(thresholds ? { thresholds } : {}) };
}
