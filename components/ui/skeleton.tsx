import { cx } from "./cx";

/** Stands where something comes; give it the size of what comes (`className="h-8 w-40"`), so that nothing jumps. */
export function Skeleton({ className }: { className: string }) {
  return (
    <span
      aria-hidden="true"
      className={cx("block animate-[breathe_1.6s_ease-in-out_infinite] rounded-md bg-raised", className)}
    />
  );
}

/** A table's skeleton: rows of 32 px. `label` is read out once. */
export function TableSkeleton({ rows = 8, label }: { rows?: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a skeleton have no identity
        <div key={row} className="flex h-8 items-center gap-6 border-line border-b px-3">
          <Skeleton className="h-3 w-40" />
          <Skeleton className="h-3 w-24" />
          <Skeleton className="h-3 w-16" />
        </div>
      ))}
    </div>
  );
}
