import { Skeleton, TableSkeleton } from "@/components/ui/skeleton";

/** Of the size of what comes. */
export function OverviewSkeleton() {
  return (
    <div role="status" aria-label="Loading the overview" className="flex flex-col gap-3 p-4 max-sm:p-2">
      <Skeleton className="h-7 w-96 max-w-full" />
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-5">
        {["requests", "success", "p99", "denied", "encrypted"].map((tile) => (
          <Skeleton key={tile} className="h-24 w-full" />
        ))}
      </div>
      <TableSkeleton rows={6} label="Loading the worst services" />
    </div>
  );
}
