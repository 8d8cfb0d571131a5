/** The picture as SVG: vectors and real text, without a browser. */
import { counted } from "@/lib/format/counted";
import { type SheetInput, sheetOf } from "./sheet";
import { FONT } from "./surface";
import { escaped, SvgSurface } from "./svg-surface";

/** A whole SVG document with caption and legend. The same input gives the same text. */
export function pictureSvg(input: SheetInput): string {
  const surface = new SvgSurface();
  const { width, height, paint } = sheetOf(input, surface);
  paint(surface);
  const { nodes, edges } = input.picture;
  const title = escaped(`${input.caption.title}: ${counted(nodes.length, "node")}, ${counted(edges.length, "edge")}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${FONT}">`,
    `<title>${title}</title>`,
    surface.markup(),
    "</svg>",
    "",
  ].join("\n");
}
