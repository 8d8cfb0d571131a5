"use client";
import dynamic from "next/dynamic";
import { signOut, useSession } from "@/components/data/use-session";
import { useShortcuts } from "@/components/keys/use-shortcuts";
import { toast } from "@/components/ui/toasts";

/** Comes where somebody signs in: menus are no part of what a page loads first. */
const AccountMenu = dynamic(() => import("./account-menu").then((module) => module.AccountMenu), { ssr: false });

/** Who is signed in, and the way out. Nothing where nobody signs in. */
export function Account() {
  const { user, leaves } = useAccount();
  useShortcuts(leaves ? [{ keys: "", label: "Sign out", group: "Account", run: leave }] : []);
  if (user === null) return null;
  return <AccountMenu user={user} onLeave={leaves ? leave : null} />;
}

/** `leaves`: there is a session of ours to end. */
export function useAccount(): { readonly user: string | null; readonly leaves: boolean } {
  const { data } = useSession();
  const user = data?.user ?? null;
  return { user, leaves: user !== null && data?.login === "token" };
}

/** A refusal is said, and one stays signed in. */
export function leave(): void {
  signOut().catch((error: Error) => toast(error.message, "failing"));
}
