"use client";
import { Share2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import type { EmbedView } from "@/lib/embeds/view";

// Few visits embed anything: its dialog comes when the button is about to be pressed.
const load = () => import("./embed-dialog").then((module) => module.EmbedDialog);
const EmbedDialog = dynamic(load, { ssr: false });

/** Opens the dialog that makes a link to what is shown. */
export function EmbedButton({ view, label }: { view: EmbedView; label: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton
        label={label}
        size="sm"
        onPointerEnter={() => void load()}
        onFocus={() => void load()}
        onClick={() => setOpen(true)}
      >
        <Share2 size={16} aria-hidden="true" />
      </IconButton>
      {open && <EmbedDialog view={view} onClose={() => setOpen(false)} />}
    </>
  );
}
