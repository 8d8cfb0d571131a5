"use client";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { Button } from "./button";
import { cx } from "./cx";

interface DialogProps {
  open: boolean;
  /** Esc, a click outside, or a button of the content. */
  onClose: () => void;
  title: string;
  /** Hide the heading (the palette's input says enough); it stays the accessible name. */
  titleHidden?: boolean;
  className?: string;
  children: ReactNode;
}

/**
 * The browser's own modal dialog: it keeps focus inside and gives it back by itself. For what cannot be undone, the palette and
 * help; everything else opens in the Inspector.
 */
export function Dialog({ open, onClose, title, titleHidden, className, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) {
      dialog.showModal();
      // The browser would take the first thing that can be focused, which need not be what is typed into.
      dialog.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    }
    if (!open && dialog.open) dialog.close();
  }, [open]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc is the dialog's own key
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
      className={cx(
        "m-auto max-h-[85dvh] w-[min(440px,92vw)] overflow-hidden rounded-lg bg-surface p-0 text-ink shadow-float",
        className,
      )}
    >
      {open && (
        <div className="flex max-h-[85dvh] flex-col">
          <h2 id={titleId} className={titleHidden ? "sr-only" : "px-5 pt-4 font-medium text-md"}>
            {title}
          </h2>
          {children}
        </div>
      )}
    </dialog>
  );
}

interface ConfirmDialogProps {
  open: boolean;
  onClose: () => void;
  onConfirm: () => void;
  title: string;
  /** What will be lost, exactly. */
  children: ReactNode;
  /** What the button does: "Delete bookstore-access". */
  confirmLabel: string;
  busy?: boolean;
}

/** Only to confirm what cannot be undone. */
export function ConfirmDialog({ open, onClose, onConfirm, title, children, confirmLabel, busy }: ConfirmDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={title}>
      <div className="px-5 py-3 text-ink-2 text-sm">{children}</div>
      <div className="flex justify-end gap-2 px-5 pb-4">
        <Button onClick={onClose}>Keep</Button>
        <Button variant="danger" busy={busy ?? false} onClick={onConfirm}>
          {confirmLabel}
        </Button>
      </div>
    </Dialog>
  );
}
