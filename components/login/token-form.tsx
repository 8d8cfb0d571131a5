"use client";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";

interface TokenFormProps {
  /** A path of ours. */
  to: string;
  /** The id of the words why the last token was refused; null: none was. */
  refusedBecause: string | null;
}

/** A form any browser sends by itself: the script only says that it is under way, and keeps it from being sent twice. */
export function TokenForm({ to, refusedBecause }: TokenFormProps) {
  const [sending, setSending] = useSending();
  return (
    <form method="post" action="/api/session" className="flex flex-col gap-3" onSubmit={() => setSending(true)}>
      <input type="hidden" name="to" value={to} />
      <div className="flex flex-col gap-1">
        <label htmlFor="token" className="font-medium text-ink-2 text-xs">
          Kubernetes token
        </label>
        <input
          id="token"
          name="token"
          type="password"
          required
          autoComplete="off"
          spellCheck={false}
          aria-describedby={refusedBecause === null ? "token-hint" : `${refusedBecause} token-hint`}
          aria-invalid={refusedBecause !== null || undefined}
          className="h-(--control) w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 font-mono text-ink text-sm aria-invalid:border-fail"
        />
        <p id="token-hint" className="text-ink-3 text-xs">
          You see and do here what the token's user may. To get one for a ServiceAccount:
        </p>
        <pre
          className="scroll-thin overflow-x-auto rounded-md border border-line bg-raised px-2 py-1.5 text-xs"
          tabIndex={-1}
        >
          kubectl create token NAME -n NAMESPACE
        </pre>
      </div>
      <Button type="submit" variant="primary" busy={sending}>
        Sign in
      </Button>
      <p role="status" className="text-ink-3 text-xs">
        {sending
          ? "The Kubernetes API is asked whose token this is."
          : "The token is kept sealed in a cookie that no script can read, until it ends or you sign out."}
      </p>
    </form>
  );
}

/** Ends as well when one comes back to the page as it was left. */
function useSending() {
  const [sending, setSending] = useState(false);
  useEffect(() => {
    const stop = () => setSending(false);
    window.addEventListener("pageshow", stop);
    return () => window.removeEventListener("pageshow", stop);
  }, []);
  return [sending, setSending] as const;
}
