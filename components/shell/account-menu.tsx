"use client";
import { CircleUser } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuHeading, MenuItem } from "@/components/ui/menu";

interface AccountMenuProps {
  user: string;
  /** null where a proxy signs people out. */
  onLeave: (() => void) | null;
}

export function AccountMenu({ user, onLeave }: AccountMenuProps) {
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
        {onLeave === null && "The proxy in front signs people out."}
      </MenuHeading>
      {onLeave && <MenuItem onSelect={onLeave}>Sign out</MenuItem>}
    </Menu>
  );
}
