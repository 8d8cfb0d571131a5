import { cx } from "@/components/ui/cx";
import type { AccessDestination } from "@/lib/contract/access";
import { type ColumnGroup, cutHeader, cutText, type MatrixLayout } from "./matrix-layout";

interface MatrixHeaderProps {
  layout: MatrixLayout;
  /** Indexes of the columns to draw. */
  columns: readonly number[];
}

/** The destinations under the names of their namespaces; each of these stays in sight as long as one of its columns does. */
export function MatrixHeader({ layout, columns }: MatrixHeaderProps) {
  const { groups, columnEdges } = layout;
  const drawn = groups.filter(({ first, count }) => columns.some((one) => one >= first && one < first + count));
  return (
    <div role="rowgroup" className="sticky top-0 z-2 bg-surface">
      <div role="row" aria-rowindex={1} className="relative h-7">
        <div className="sticky left-0 z-1 h-7 w-(--names) border-line border-r bg-surface" />
        {drawn.map((group) => (
          <GroupHeader key={group.namespace} group={group} edges={columnEdges} />
        ))}
      </div>
      <div role="row" aria-rowindex={2} className="relative" style={{ height: layout.columnNamesPx }}>
        <div
          role="columnheader"
          aria-colindex={1}
          className="sticky left-0 z-1 flex h-full w-(--names) items-end border-line border-r border-b bg-surface px-3 pb-2 text-ink-3 text-xs"
        >
          calls ↓ to →
        </div>
        {columns.map((column) => (
          <ColumnHeader key={layout.columns[column]?.key} layout={layout} column={column} />
        ))}
      </div>
    </div>
  );
}

function GroupHeader({ group, edges }: { group: ColumnGroup; edges: readonly number[] }) {
  const [left, right] = [edges[group.first] ?? 0, edges[group.first + group.count] ?? 0];
  return (
    <div
      role="columnheader"
      aria-colindex={group.first + 2}
      aria-colspan={group.count}
      data-tip={cutText(group.namespace, right - left)}
      className="absolute top-0 h-7 border-line border-r font-medium text-ink-3 text-xs leading-7"
      style={placed(left, right)}
    >
      <span className="sticky left-(--names) inline-block max-w-full truncate px-2">{group.namespace}</span>
    </div>
  );
}

function ColumnHeader({ layout, column }: { layout: MatrixLayout; column: number }) {
  const destination = layout.columns[column];
  if (!destination) return null;
  const [left = 0, right = 0] = layout.columnEdges.slice(column, column + 2);
  const last = layout.columns[column + 1]?.namespace !== destination.namespace;
  const { upright } = layout;
  return (
    <div
      role="columnheader"
      aria-colindex={column + 2}
      data-tip={cutHeader(layout, destination, right - left)}
      className={cx(
        "absolute top-0 h-full border-line border-b font-medium",
        upright ? "flex items-end justify-center pt-1 pb-2" : "truncate px-2 text-center leading-[31px]",
        last ? "border-r" : upright && "border-r border-r-line/50",
      )}
      style={placed(left, right)}
    >
      {/* Upright it is read from below, and begins at its cells. */}
      <span className={upright ? "max-h-full rotate-180 truncate [writing-mode:vertical-rl]" : undefined}>
        {destination.name}
        <Kind destination={destination} />
      </span>
    </div>
  );
}

function Kind({ destination: { split, protocol } }: { destination: AccessDestination }) {
  return (
    <>
      {split && <span className="ms-1 font-normal text-ink-3 text-xs">split</span>}
      {protocol === "tcp" && <span className="ms-1 font-normal text-ink-3 text-xs">tcp</span>}
    </>
  );
}

function placed(left: number, right: number): { left: string; width: number } {
  return { left: `calc(var(--names) + ${left}px)`, width: right - left };
}
