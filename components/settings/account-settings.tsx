"use client";
import { leave, useAccount } from "@/components/shell/account";
import { Button } from "@/components/ui/button";

/** Who one is here. Nothing where nobody signs in. */
export function AccountSettings() {
  const { user, leaves } = useAccount();
  if (user === null) return null;
  return (
    <div className="flex flex-col items-start gap-1">
      <span className="font-medium text-ink-2 text-xs">Signed in as</span>
      <span className="wrap-anywhere text-sm">{user}</span>
      <span className="text-ink-3 text-xs">
        You see and do what this user's Kubernetes rights allow.
        {!leaves && " The proxy in front of the dashboard signs people in and out."}
      </span>
      {leaves && <Button onClick={leave}>Sign out</Button>}
    </div>
  );
}
