/** What room on the screen is taken: a grid, so that a thousand labels do not each ask all others. */
import type { Box } from "./regions";

const CELL = 96;

export class TakenRoom {
  readonly #cells = new Map<number, Box[]>();

  add(box: Box): void {
    this.#each(box, (key) => {
      const cell = this.#cells.get(key);
      if (cell) cell.push(box);
      else this.#cells.set(key, [box]);
      return false;
    });
  }

  isFree(box: Box): boolean {
    return !this.#each(
      box,
      (key) =>
        this.#cells
          .get(key)
          ?.some(
            (other) =>
              box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom,
          ) ?? false,
    );
  }

  /** Whether `visit` said true for a cell of the box. */
  #each(box: Box, visit: (key: number) => boolean): boolean {
    for (let row = Math.floor(box.top / CELL); row <= Math.floor(box.bottom / CELL); row += 1) {
      for (let column = Math.floor(box.left / CELL); column <= Math.floor(box.right / CELL); column += 1) {
        if (visit(row * 65_536 + column)) return true;
      }
    }
    return false;
  }
}
