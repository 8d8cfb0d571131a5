import type { ReactNode } from "react";

interface PageHeaderProps {
  title: string;
  /** Small and grey: how many, of what. */
  note?: ReactNode;
  /** At the end: filters, views, the one action. */
  children?: ReactNode;
}

/** A page's first line: 48 px, its name (the h1) and its controls. */
export function PageHeader({ title, note, children }: PageHeaderProps) {
  return (
    <div className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-4 py-1.5 max-sm:px-3">
      <h1 className="font-medium text-md">{title}</h1>
      {note !== undefined && <span className="text-ink-3 text-sm">{note}</span>}
      <div className="ml-auto flex min-w-0 flex-wrap items-center gap-2">{children}</div>
    </div>
  );
}
