"use client";
import { ArrangeMenu, type ArrangeMenuProps } from "./arrange-menu";
import { ExportMenu, type ExportMenuProps } from "./export/export-menu";

interface GraphMenusProps {
  arrange: ArrangeMenuProps;
  save: ExportMenuProps;
}

/** What one does with the whole picture. Loaded once it is there. */
export function GraphMenus({ arrange, save }: GraphMenusProps) {
  return (
    <>
      <ArrangeMenu {...arrange} />
      <ExportMenu {...save} />
    </>
  );
}
