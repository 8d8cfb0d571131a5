"use client";
import { Download } from "lucide-react";
import { download } from "@/components/charts/copy-png";
import { useShortcuts } from "@/components/keys/use-shortcuts";
import { readInk } from "@/components/theme/ink";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toasts";
import type { Places } from "@/lib/picture/layout/flow";
import type { Caption } from "@/lib/picture/legend";
import type { EdgeMetric } from "@/lib/picture/metric";
import { pictureSvg } from "@/lib/picture/svg";
import type { Picture } from "../picture";
import { pictureJson } from "./picture-json";
import { picturePng } from "./picture-png";

export interface ExportMenuProps {
  picture: Picture;
  places: Places;
  hasRegions: boolean;
  metric: EdgeMetric;
  caption: Caption;
}

const FORMATS = [
  { value: "png", label: "PNG, with its legend" },
  { value: "svg", label: "SVG, with its legend" },
  { value: "json", label: "JSON, with places" },
] as const;
type Format = (typeof FORMATS)[number]["value"];

/** Saves the graph as it is shown: all of it, in the theme of the page. */
export function ExportMenu(props: ExportMenuProps) {
  const save = (format: Format) => {
    fileOf(props, format).then(
      (file) => download(file, `${props.caption.title} ${stamp(props.caption.at)}.${format}`),
      (error: unknown) =>
        toast(`The graph could not be saved: ${error instanceof Error ? error.message : error}`, "failing"),
    );
  };
  useShortcuts(
    FORMATS.map(({ value }) => ({
      keys: "",
      label: `Save the graph as ${value.toUpperCase()}`,
      group: "Graph",
      run: () => save(value),
    })),
  );
  return (
    <Menu
      label="Save the graph"
      trigger={
        <IconButton size="sm" label="Save the graph">
          <Download size={16} aria-hidden="true" />
        </IconButton>
      }
    >
      {FORMATS.map(({ value, label }) => (
        <MenuItem key={value} onSelect={() => save(value)}>
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}

async function fileOf(
  { picture, places, hasRegions, metric, caption }: ExportMenuProps,
  format: Format,
): Promise<Blob> {
  if (format === "json") {
    const text = JSON.stringify(pictureJson(picture, places, caption), null, 2);
    return new Blob([text], { type: "application/json" });
  }
  const input = { picture, places, hasRegions, metric, caption, ink: readInk() };
  return format === "png" ? picturePng(input) : new Blob([pictureSvg(input)], { type: "image/svg+xml" });
}

/** `2026-11-25T23-01-12Z`: sorts, and is a file's name everywhere. */
function stamp(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replaceAll(":", "-").concat("Z");
}
