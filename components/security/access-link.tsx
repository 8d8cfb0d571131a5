"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { useSharedQuery } from "@/components/shell/scope";

/** To the Access page with the scope and window of this one. `query`: what opens there, without the question mark. */
export function AccessLink({ query, children }: { query: string; children: ReactNode }) {
  const shared = useSharedQuery().slice(1);
  const all = [query, shared].filter((part) => part !== "").join("&");
  return (
    <Link className="rounded-sm text-accent text-sm hover:underline" href={all === "" ? "/access" : `/access?${all}`}>
      {children}
    </Link>
  );
}
