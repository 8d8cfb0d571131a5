"use client";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Shell } from "./shell";

/** The shell around every page but an embed: that stands alone in another site's frame. */
export function Frame({ railCollapsed, children }: { railCollapsed: boolean; children: ReactNode }) {
  if (usePathname().startsWith("/embed/")) return <main className="flex h-dvh min-h-0 flex-col">{children}</main>;
  return <Shell railCollapsed={railCollapsed}>{children}</Shell>;
}
