"use client";
import { useMemo, useRef } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { useMeasured } from "@/components/ui/measured";
import { Segmented } from "@/components/ui/segmented";
import { TextInput } from "@/components/ui/text-input";
import type { Access } from "@/lib/contract/access";
import { formatCount } from "@/lib/format/number";
import { MatrixLegend } from "./cell-mark";
import { deniedPairs } from "./denied";
import { DeniedBar } from "./denied-bar";
import { arrange, type Matrix, type MatrixGroup } from "./matrix";
import { layOut } from "./matrix-layout";
import { MatrixTable } from "./matrix-table";
import { useCursor } from "./use-cursor";
import { useMatrixFilter } from "./use-matrix-filter";
import { useRoom } from "./use-room";
import { whyEmpty } from "./why-empty";

interface MatrixSectionProps {
  access: Access;
  selected: string | null;
  onOpen: (source: string, destination: string) => void;
}

/** The matrix and what of it is shown. */
export function MatrixSection({ access, selected, onOpen }: MatrixSectionProps) {
  const { filter, setSources, setDestinations, setShow, setAlsoIdle } = useMatrixFilter(access);
  const measured = useMeasured();
  const matrix = useMemo(() => arrange(access, filter), [access, filter]);
  const denied = useMemo(() => deniedPairs(access, filter), [access, filter]);
  const section = useRef<HTMLElement>(null);
  const room = useRoom(section);
  const layout = useMemo(() => layOut(matrix, room), [matrix, room]);
  const cursor = useCursor(selected, room !== null);
  return (
    <section ref={section} aria-label="Access matrix" className="flex shrink-0 flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <TextInput
          aria-label="Filter sources"
          placeholder="Sources"
          className="w-40!"
          value={filter.sources}
          onChange={setSources}
        />
        <TextInput
          aria-label="Filter destinations"
          placeholder="Destinations"
          className="w-40!"
          value={filter.destinations}
          onChange={setDestinations}
        />
        <Segmented
          label="Show"
          options={[
            { value: "all", label: "All" },
            { value: "filled", label: "With access or calls" },
            { value: "denied", label: measured ? `Denied ${formatCount(denied.length)}` : "Denied" },
          ]}
          value={filter.show}
          onChange={setShow}
        />
        <DeniedBar pairs={denied} layout={layout} focus={cursor.focus} onGo={(key) => cursor.moveTo(key, "jump")} />
        {filter.show === "all" && (
          <Checkbox checked={filter.alsoIdle} onChange={setAlsoIdle}>
            also those that run nothing
          </Checkbox>
        )}
        <span className="text-ink-3 text-xs">{countText(access, matrix)}</span>
        <span className="ml-auto">
          <MatrixLegend />
        </span>
      </div>
      {matrix.rows.length > 0 && matrix.columns.length > 0 ? (
        <MatrixTable matrix={matrix} layout={layout} cursor={cursor} selected={selected} onOpen={onOpen} />
      ) : (
        <p className="text-ink-3 text-sm">{whyEmpty(access, filter)}</p>
      )}
    </section>
  );
}

function countText(access: Access, matrix: Matrix): string {
  const [rows, columns] = [count(matrix.rows), count(matrix.columns)];
  return `${some(rows, access.identities.length)} sources, ${some(columns, access.destinations.length)} destinations`;
}

function count(groups: readonly MatrixGroup<unknown>[]): number {
  return groups.reduce((sum, group) => sum + group.items.length, 0);
}

function some(shown: number, all: number): string {
  return shown === all ? formatCount(all) : `${formatCount(shown)} of ${formatCount(all)}`;
}
