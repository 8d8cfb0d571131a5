/** What floats above the picture, marked with `data-floats`: the picture is fitted so that it hides no node. */
import type { Box } from "@/lib/picture/regions";

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
