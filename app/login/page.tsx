import type { Metadata } from "next";
import { LoginPage } from "@/components/login/login-page";
import { guardSettings } from "@/server/web/guard-settings";
import { readAttempt } from "@/server/web/login/last-attempt";
import { ownPath } from "@/server/web/login/own-path";
import { loginSecret } from "@/server/web/login/secret";

export const metadata: Metadata = { title: "Sign in", robots: { index: false, follow: false } };

/** How one signs in is a setting of the server that runs, not of the build. */
export const dynamic = "force-dynamic";

type Search = Promise<Readonly<Record<string, string | string[] | undefined>>>;

export default async function Page({ searchParams }: { searchParams: Search }) {
  const search = await searchParams;
  const one = (name: string) => [search[name]].flat()[0] ?? null;
  const { login } = guardSettings();
  return <LoginPage login={login.kind} to={ownPath(one("to"))} last={readAttempt(one("said"), loginSecret(login))} />;
}
