import type { Figure } from "./figure";

/** A number with its unit small and grey beside it. */
export function FigureText({ figure }: { figure: Figure }) {
  return (
    <span className="whitespace-nowrap">
      {figure.text}
      {figure.unit !== "" && <span className="ml-0.5 text-ink-3 text-xs">{figure.unit}</span>}
    </span>
  );
}
