"use client";
import { useQuery } from "@tanstack/react-query";
import type { ApiError } from "@/components/data/api-error";
import { queryKeys } from "@/components/data/query-keys";
import { sendJson } from "@/components/data/request";
import { CopyText } from "@/components/ui/copy-text";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import type { PanelQueries } from "@/lib/contract/boards";
import type { ChartOrigin } from "./chart-origin";

/** The PromQL behind a chart, to be read and copied. Nothing typed here would reach the store. */
export function QueryDialog({ origin, onClose }: { origin: ChartOrigin; onClose: () => void }) {
  const { title, source, range } = origin;
  const { data, error } = useQuery<PanelQueries, ApiError>({
    queryKey: queryKeys.panelQueries(source, range),
    queryFn: ({ signal }) =>
      sendJson("panelQueries", "/api/boards/queries", { method: "POST", body: { source, range }, signal }),
  });
  return (
    <Dialog open onClose={onClose} title={`Queries of ${title}`} className="w-[min(760px,94vw)]">
      <div className="scroll-thin flex flex-col gap-3 overflow-auto px-5 py-4">
        {error && (
          <p role="alert" className="text-sm">
            {error.message} {error.hint}
          </p>
        )}
        {!data && !error && <Skeleton className="h-16 w-full" />}
        {data?.queries.map(({ name, promql }) => (
          <div key={name} className="flex flex-col gap-1">
            <h3 className="font-medium text-ink-2 text-xs">{name}</h3>
            <CopyText text={promql} label={`Copy the query of ${name}`} />
          </div>
        ))}
      </div>
    </Dialog>
  );
}
