"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { hasEnded, useSession } from "@/components/data/use-session";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";

/** Says that the session has ended. One signs in beside it, so that nothing on this page is lost; then it goes on. */
export function SessionStrip() {
  const queries = useQueryClient();
  const { data } = useSession();
  const ended = data !== undefined && hasEnded(data);
  const was = useRef(false);
  useEffect(() => {
    if (was.current && !ended) void queries.invalidateQueries();
    was.current = ended;
  }, [ended, queries]);
  if (!ended) return null;
  return (
    <Banner
      status="degraded"
      action={
        <Button size="sm" onClick={openLogin}>
          Sign in
        </Button>
      }
    >
      <span className="font-medium">Your session has ended.</span> What is shown is as it was, and what you were editing
      stays. Sign in, in a tab of its own: this page then goes on by itself.
    </Banner>
  );
}

/** To come back to the address of now. */
function openLogin(): void {
  const { pathname, search } = window.location;
  window.open(`/login?${new URLSearchParams({ to: `${pathname}${search}` })}`, "_blank", "noopener");
}
