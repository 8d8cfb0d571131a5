/** SVG as PNG, off the main thread, with the type that is bundled: what fonts a container has must not matter. */
import { join } from "node:path";
import { renderAsync } from "@resvg/resvg-js";
import { INKS } from "@/lib/picture/ink";

const FONT_FOLDER = join("node_modules", "@expo-google-fonts", "inter");

export async function renderPng(svg: string, theme: "light" | "dark"): Promise<Buffer> {
  const fontFiles = ["400Regular/Inter_400Regular.ttf", "500Medium/Inter_500Medium.ttf"].map((file) =>
    join(process.cwd(), FONT_FOLDER, file),
  );
  const image = await renderAsync(svg, {
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: "Inter", sansSerifFamily: "Inter" },
    background: INKS[theme].bg,
  });
  return image.asPng();
}
