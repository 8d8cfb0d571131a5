/** The graph as shown as a PNG, with caption and legend. */
import { type SheetInput, sheetOf } from "@/lib/picture/sheet";

/** Sharp on a screen with two pixels to one. */
const SCALE = 2;
/** What browsers hold in one canvas. Pixels a side, and in all. */
const MOST = { side: 16_000, area: 120_000_000 } as const;

/** Twice the picture's own size, or as much of that as a canvas holds. Rejects when the browser gives no PNG. */
export function picturePng(input: SheetInput): Promise<Blob> {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (!context) return Promise.reject(new Error("The browser gave no canvas."));
  const sheet = sheetOf(input, context);
  const scale = Math.min(
    SCALE,
    MOST.side / Math.max(sheet.width, sheet.height),
    Math.sqrt(MOST.area / (sheet.width * sheet.height)),
  );
  canvas.width = Math.round(sheet.width * scale);
  canvas.height = Math.round(sheet.height * scale);
  context.scale(scale, scale);
  sheet.paint(context);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The browser gave no PNG."))), "image/png");
  });
}
