import Link from "next/link";
import { Mark } from "@/components/shell/mark";
import { StatusMark } from "@/components/ui/status-mark";
import type { Session } from "@/lib/contract/session";
import { GoOn } from "./go-on";

interface LoginPageProps {
  login: Session["login"];
  /** A path of ours. */
  to: string;
  /** How the last attempt ended. */
  error: string | null;
  hint: string | null;
}

/** Signing in. Works without a script: the form is sent to the server, which sends on to where one came from. */
export function LoginPage({ login, to, error, hint }: LoginPageProps) {
  return (
    <div className="mx-auto flex w-full max-w-md flex-1 flex-col justify-center gap-4 px-4 py-10">
      <h1 className="flex items-center gap-2.5 font-semibold text-md">
        <Mark />
        Sign in to Meshdeck
      </h1>
      {error !== null && (
        <div role="alert" className="flex gap-2 rounded-md border border-line bg-surface px-3 py-2 text-sm">
          <StatusMark status="failing" />
          <p className="wrap-anywhere min-w-0">
            {error} {hint}
          </p>
        </div>
      )}
      {login === "token" && <TokenForm to={to} refused={error !== null} />}
      {login === "header" && (
        <p className="text-ink-2 text-sm">
          The proxy in front of this dashboard signs people in, and this request did not come through it. Open the
          dashboard by the proxy's address.
        </p>
      )}
      {login === "none" && (
        <p className="text-ink-2 text-sm">
          Nobody has to sign in here.{" "}
          <Link href={to} className="text-accent underline">
            Open the dashboard
          </Link>
        </p>
      )}
      {login !== "none" && <GoOn to={to} />}
    </div>
  );
}

function TokenForm({ to, refused }: { to: string; refused: boolean }) {
  return (
    <form method="post" action="/api/session" className="flex flex-col gap-3">
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
          aria-describedby="token-hint"
          aria-invalid={refused || undefined}
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
      <button
        type="submit"
        className="h-(--control) rounded-md bg-accent px-2.5 font-medium text-on-accent text-sm hover:brightness-110"
      >
        Sign in
      </button>
      <p className="text-ink-3 text-xs">
        The token is kept sealed in a cookie that no script can read, until it ends or you sign out.
      </p>
    </form>
  );
}
