import type { UseQueryResult } from "@tanstack/react-query";
import type { ApiError } from "@/components/data/api-error";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";

type Read = Pick<UseQueryResult<unknown, ApiError>, "error" | "isFetching" | "refetch">;

/** Kinds of routes that could not be read, in one sentence: the rest of the page stands. */
export function RoutesUnread({ kinds }: { kinds: Readonly<Record<string, Read>> }) {
  const unread = Object.entries(kinds).filter(([, { error }]) => error !== null);
  const errors = unread.flatMap(([, { error }]) => (error ? [`${error.message} ${error.hint}`] : []));
  if (unread.length === 0) return null;
  return (
    <Banner
      status="degraded"
      action={
        <Button
          size="sm"
          busy={unread.some(([, { isFetching }]) => isFetching)}
          onClick={() => {
            for (const [, { refetch }] of unread) void refetch();
          }}
        >
          Try again
        </Button>
      }
    >
      {unread.map(([kind]) => kind).join(" and ")} could not be read, so they may be missing or old below.{" "}
      {[...new Set(errors)].join(" ")}
    </Banner>
  );
}
