"use client";
import { Popover as Radix } from "radix-ui";
import { type ReactNode, type RefObject, useRef } from "react";
import { cx } from "./cx";

interface PopoverPanelProps {
  id: string;
  /** What it stands beside, and what has the focus again when it closes. */
  button: RefObject<HTMLElement | null>;
  label: string;
  align?: "start" | "center" | "end";
  className?: string;
  onClose: () => void;
  children: ReactNode;
}

/** What a Popover opens. Made while it is open, so that its button needs nothing of it. */
export function PopoverPanel({ id, button, label, align = "start", className, onClose, children }: PopoverPanelProps) {
  const isLeft = useRef(false);
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Anchor virtualRef={button as RefObject<HTMLElement>} />
      <Radix.Portal>
        <Radix.Content
          id={id}
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          onInteractOutside={(event) => {
            // Its own button closes it by itself.
            if (button.current?.contains(event.target as Node)) event.preventDefault();
            else isLeft.current = true;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!isLeft.current) button.current?.focus();
          }}
          className={cx(
            "scroll-thin z-40 max-h-[70dvh] max-w-[94vw] overflow-auto rounded-lg bg-surface text-sm shadow-float",
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
