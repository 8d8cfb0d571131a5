"use client";
import { Figure } from "@/components/ui/figure";
import { quantityOf } from "@/lib/charts/quantity";
import type { PanelData } from "@/lib/contract/boards";

/** The largest of a dimension with a bar each, as a table. */
export function TopPanel({ title, data }: { title: string; data: PanelData }) {
  const all = data.series.map(({ label, unit, values }) => ({ label, unit, value: values.at(-1) ?? null }));
  const rows = all.filter(({ value }) => value !== 0);
  if (rows.length === 0) {
    return <p className="text-ink-3 text-sm">{all.length === 1 ? "It is at 0." : `All ${all.length} are at 0.`}</p>;
  }
  const largest = Math.max(0, ...rows.map(({ value }) => value ?? 0));
  return (
    <section
      className="scroll-thin min-h-0 flex-1 overflow-auto"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      aria-label={`${title}, the largest first`}
    >
      <table aria-label={title} className="w-full text-sm">
        <tbody>
          {rows.map(({ label, unit, value }) => (
            <tr key={label} className="h-6">
              <th scope="row" className="relative max-w-0 truncate pr-2 text-left font-normal" title={label}>
                <span
                  aria-hidden="true"
                  className="absolute inset-y-0.5 left-0 rounded-sm bg-raised"
                  style={{ width: `${largest > 0 ? ((value ?? 0) / largest) * 100 : 0}%` }}
                />
                <span className="relative pl-1">{label}</span>
              </th>
              <td className="w-24 whitespace-nowrap text-right">
                <Figure quantity={quantityOf(unit, value)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
