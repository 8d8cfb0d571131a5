"use client";
import { CircleUser } from "lucide-react";
import { signOut, useSession } from "@/components/data/use-session";
import { useShortcuts } from "@/components/keys/use-shortcuts";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuHeading, MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toasts";

/** Who is signed in, and the way out. Nothing where nobody signs in. */
export function Account() {
  const { user, leaves } = useAccount();
  useShortcuts(leaves ? [{ keys: "", label: "Sign out", group: "Account", run: leave }] : []);
  if (user === null) return null;
  return (
    <Menu
      label="Account"
      trigger={
        <IconButton label={`Signed in as ${user}`} size="sm">
          <CircleUser size={16} aria-hidden="true" />
        </IconButton>
      }
    >
      <MenuHeading>
        Signed in as <span className="wrap-anywhere block text-ink text-sm">{user}</span>
        {!leaves && "The proxy in front signs people out."}
      </MenuHeading>
      {leaves && <MenuItem onSelect={leave}>Sign out</MenuItem>}
    </Menu>
  );
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
