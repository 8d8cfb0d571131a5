/** What floats above the picture, marked with `data-floats`: the picture is fitted so that it hides no node. */
import type { Box } from "@/lib/picture/regions";

/** How much of the container's height a panel that came up over it from below leaves free. One beside it takes nothing. */
export function freeHeight(container: HTMLElement): number {
  const { left, right, top, height } = container.getBoundingClientRect();
  const panel = document.querySelector("[data-inspector]")?.getBoundingClientRect();
  const isOver = panel !== undefined && panel.left < right && panel.right > left;
  return isOver ? Math.max(0, Math.min(height, panel.top - top)) : height;
}

/** In pixels from the container's upper left corner. What is not shown takes no room. */
export function floatingBoxes(container: HTMLElement): readonly Box[] {
  const origin = container.getBoundingClientRect();
  const floating = container.parentElement?.querySelectorAll("[data-floats]") ?? [];
  return Array.from(floating, (element) => element.getBoundingClientRect())
    .filter(({ width, height }) => width > 0 && height > 0)
    .map(({ left, right, top, bottom }) => ({
      left: left - origin.left,
      right: right - origin.left,
      top: top - origin.top,
      bottom: bottom - origin.top,
    }));
}
