"use client";
import { Share2 } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import type { EmbedView } from "@/lib/embeds/view";
import { EmbedDialog } from "./embed-dialog";

/** Opens the dialog that makes a link to what is shown. */
export function EmbedButton({ view, label }: { view: EmbedView; label: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton label={label} size="sm" onClick={() => setOpen(true)}>
        <Share2 size={16} aria-hidden="true" />
      </IconButton>
      {open && <EmbedDialog view={view} onClose={() => setOpen(false)} />}
    </>
  );
}
