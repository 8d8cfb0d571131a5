"use client";
import { toast } from "@/components/ui/toasts";

/** Sharp on a screen with two pixels to one. */
const SCALE = 2;

/** Puts an SVG on the clipboard as a PNG; where the browser does not let a page do so, it is downloaded. */
export async function copyPng(svg: string, name: string): Promise<void> {
  const png = await pngOf(svg);
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
    toast("Copied as PNG");
  } catch {
    download(png, `${name}.png`);
    toast("The browser did not allow copying: the PNG was downloaded instead", "degraded");
  }
}

/** Saves a file from the page. */
export function download(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name.replaceAll(/[^\w.-]+/g, "-");
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}

async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * SCALE;
  canvas.height = image.naturalHeight * SCALE;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the canvas gave no PNG"))), "image/png");
  });
}
