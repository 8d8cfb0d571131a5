import type { ReactNode } from "react";

interface SectionProps {
  title: string;
  /** Small and grey behind the title. */
  note?: ReactNode;
  children: ReactNode;
}

/** A titled part of a tab. */
export function Section({ title, note, children }: SectionProps) {
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <h2 className="flex flex-wrap items-baseline gap-x-2 font-medium text-sm">
        {title}
        {note !== undefined && <span className="font-normal text-ink-3 text-xs">{note}</span>}
      </h2>
      {children}
    </section>
  );
}

/** What stands instead of a table that has no rows. */
export function Nothing({ children }: { children: ReactNode }) {
  return <p className="text-ink-3 text-sm">{children}</p>;
}

/** Around a table: one hairline. */
export function Framed({ children }: { children: ReactNode }) {
  return <div className="overflow-hidden rounded-lg border border-line">{children}</div>;
}
