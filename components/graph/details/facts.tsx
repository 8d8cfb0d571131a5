import type { ReactNode } from "react";

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
}

/** Names and values, two columns. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="grid grid-cols-[112px_1fr] gap-x-3 gap-y-1.5 text-sm">
      {facts.map((fact) => (
        <div key={fact.name} className="contents">
          <dt className="text-ink-3">{fact.name}</dt>
          <dd className="wrap-anywhere min-w-0">{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The three or four figures one looks for first, in a row. */
export function Headline({ facts }: { facts: readonly Fact[] }) {
  return (
    // The ground shows through the gaps as lines, however many fit side by side.
    <dl className="flex flex-wrap gap-px border-line border-b bg-line">
      {facts.map((fact) => (
        <div key={fact.name} className="min-w-26 flex-1 bg-surface px-4 py-2.5">
          <dt className="text-ink-3 text-xs">{fact.name}</dt>
          <dd className="text-md">{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
