import { Skeleton } from "@/components/ui/skeleton";

/** Where the picture will be: regions, not a spinner. */
export function GraphSkeleton() {
  return (
    <div
      role="status"
      aria-label="The graph is loading"
      className="flex min-h-0 flex-1 items-center justify-center gap-10 overflow-hidden p-10"
    >
      <div className="flex flex-col gap-6">
        <Skeleton className="h-32 w-36" />
        <Skeleton className="h-32 w-36" />
      </div>
      <Skeleton className="h-64 w-72" />
      <Skeleton className="h-32 w-64 max-sm:hidden" />
    </div>
  );
}
