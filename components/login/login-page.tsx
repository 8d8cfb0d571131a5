import Link from "next/link";
import { Mark } from "@/components/shell/mark";
import { StatusMark } from "@/components/ui/status-mark";
import type { Session } from "@/lib/contract/session";
import { GoOn } from "./go-on";
import { TokenForm } from "./token-form";

const REFUSED_ID = "refused";

interface LoginPageProps {
  login: Session["login"];
  /** A path of ours. */
  to: string;
  /** How the last attempt ended, if it did not let one in. `wrongToken`: because of the token. */
  last: { readonly message: string; readonly hint: string; readonly wrongToken: boolean } | null;
}

/** Signing in. Works without a script: the form is sent to the server, which sends on to where one came from. */
export function LoginPage({ login, to, last }: LoginPageProps) {
  return (
    <div className="mx-auto group flex w-full max-w-md flex-1 flex-col justify-center gap-4 px-4 py-10">
      <h1 className="flex items-center gap-2.5 font-semibold text-md">
        <Mark />
        Sign in to Meshdeck
      </h1>
      {last !== null && (
        <div
          id={REFUSED_ID}
          role="alert"
          // Of the last token: it does not stand there while the next one is asked about.
          className="flex gap-2 rounded-md border border-line bg-surface px-3 py-2 text-sm group-has-[[aria-busy=true]]:invisible"
        >
          <span className="flex h-[1lh] items-center">
            <StatusMark status="failing" />
          </span>
          <p className="wrap-anywhere min-w-0">
            {last.message} {last.hint}
          </p>
        </div>
      )}
      {login === "token" && <TokenForm to={to} refusedBecause={last?.wrongToken ? REFUSED_ID : null} />}
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
