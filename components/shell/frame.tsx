"use client";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Shell } from "./shell";

/** The shell around every page but an embed, which stands alone in another site's frame, and the one to sign in. */
export function Frame({ railCollapsed, children }: { railCollapsed: boolean; children: ReactNode }) {
  const path = usePathname();
  if (path === "/login") return <main className="flex min-h-dvh flex-col">{children}</main>;
  if (path.startsWith("/embed/")) return <main className="flex h-dvh min-h-0 flex-col">{children}</main>;
  return <Shell railCollapsed={railCollapsed}>{children}</Shell>;
}
