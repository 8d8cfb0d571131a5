"use client";
import { useUrlState } from "./url-state";

interface Sort {
  column: string;
  descending: boolean;
}

/** A table's order in `?sort=column`, or `?sort=-column` when it descends. `initial` stands for no parameter. */
export function useUrlSort(initial: Sort): { readonly sort: Sort; readonly onSort: (sort: Sort) => void } {
  const { get, setUrl } = useUrlState();
  return {
    sort: parseSort(get("sort")) ?? initial,
    onSort: (sort) => {
      const text = sortText(sort);
      setUrl({ sort: text === sortText(initial) ? null : text });
    },
  };
}

function parseSort(text: string | null): Sort | null {
  const found = /^(-?)([a-z]+)$/i.exec(text ?? "");
  return found?.[2] ? { column: found[2], descending: found[1] === "-" } : null;
}

function sortText({ column, descending }: Sort): string {
  return `${descending ? "-" : ""}${column}`;
}
