import Link from "next/link";
import type { ReactNode } from "react";

interface PanelProps {
  title: string;
  /** Where all of it is to be seen. */
  more?: { readonly href: string; readonly label: string };
  children: ReactNode;
}

/** A titled part of the overview. */
export function Panel({ title, more, children }: PanelProps) {
  return (
    <section aria-label={title} className="min-w-0 overflow-hidden rounded-lg border border-line bg-surface">
      <div className="flex h-9 items-center justify-between gap-3 border-line border-b px-3">
        <h2 className="truncate font-medium text-sm">{title}</h2>
        {more && (
          <Link href={more.href} className="shrink-0 text-accent text-xs hover:underline">
            {more.label}
          </Link>
        )}
      </div>
      {children}
    </section>
  );
}
