"use client";
import { Tooltip as Radix } from "radix-ui";
import type { ReactElement } from "react";
import { Kbd } from "./kbd";

interface TooltipProps {
  text: string;
  /** A key to show beside the text, for example `g s`. */
  keys?: string;
  side?: "top" | "right" | "bottom" | "left";
  /** One element that takes focus: the tooltip opens on focus too. */
  children: ReactElement;
}

/** Names what an icon does. Never the only place of a fact: touch has no hover. Needs TooltipProvider above (Shell has it). */
export function Tooltip({ text, keys, side = "bottom", children }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex max-w-72 items-center gap-2 rounded-md bg-surface px-2 py-1 text-ink text-xs shadow-float"
        >
          {text}
          {keys && <Kbd keys={keys} />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export const TooltipProvider = Radix.Provider;
