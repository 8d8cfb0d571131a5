"use client";
import { X } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { IconButton } from "./icon-button";

const WIDTH_KEY = "meshdeck.inspector.width";
const MIN_WIDTH = 320;
const MAX_WIDTH = 720;
const DEFAULT_WIDTH = 400;
/** For form and YAML side by side. */
const WIDE = { key: "meshdeck.inspector.wide", max: 1100, initial: 760 } as const;
const USUAL = { key: WIDTH_KEY, max: MAX_WIDTH, initial: DEFAULT_WIDTH } as const;

const clamp = (width: number, max: number) => Math.round(Math.min(max, Math.max(MIN_WIDTH, width)));

interface InspectorProps {
  /** Names what is selected; changes with it, so it is heard. */
  title: ReactNode;
  /** The accessible name of the region. */
  label: string;
  /** Esc or the cross. The page removes the selection from the URL. */
  onClose: () => void;
  /** Beside the title: an edit button, a link. */
  actions?: ReactNode;
  /** Stays at the bottom: what changes, what would break, Preview, Apply. */
  footer?: ReactNode;
  /** An editor with two columns: begins wider, and its width is remembered apart. */
  wide?: boolean;
  children: ReactNode;
}

/**
 * What one selects opens here: on the right, 400 px, resizable (drag, or arrow keys on its edge), remembered; a sheet from below
 * at phone width. Place it as the last child of a page's flex row. Deep links are the page's: render it when the URL says so.
 */
export function Inspector({ title, label, onClose, actions, footer, wide, children }: InspectorProps) {
  const size = wide ? WIDE : USUAL;
  const [width, setWidth] = useState<number>(size.initial);
  const dragFrom = useRef<{ x: number; width: number } | null>(null);
  const panel = useRef<HTMLElement>(null);

  useEffect(() => {
    const kept = Number(localStorage.getItem(size.key));
    if (kept >= MIN_WIDTH) setWidth(clamp(kept, size.max));
  }, [size]);

  useEffect(() => {
    function onKey(event: globalThis.KeyboardEvent): void {
      // A dialog, a list or an editor inside takes Esc first and says so by preventing the default.
      if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      onClose();
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [onClose]);

  function resize(to: number): void {
    const next = clamp(to, size.max);
    setWidth(next);
    localStorage.setItem(size.key, String(next));
  }
  function onPointerMove(event: PointerEvent): void {
    if (dragFrom.current) resize(dragFrom.current.width + dragFrom.current.x - event.clientX);
  }
  function onEdgeKey(event: KeyboardEvent): void {
    const step = event.shiftKey ? 64 : 16;
    if (event.key === "ArrowLeft") resize(width + step);
    else if (event.key === "ArrowRight") resize(width - step);
    else return;
    event.preventDefault();
  }

  return (
    <aside
      ref={panel}
      aria-label={label}
      data-inspector=""
      style={{ "--inspector": `${width}px` } as React.CSSProperties}
      className="enter-right relative z-20 flex min-h-0 w-(--inspector) max-w-[calc(100vw-280px)] shrink-0 flex-col border-line border-l bg-surface max-sm:fixed max-sm:inset-x-0 max-sm:bottom-(--bottombar) max-sm:max-h-[56dvh] max-sm:w-full max-sm:max-w-none max-sm:rounded-t-lg max-sm:border-t max-sm:border-l-0 max-sm:shadow-float"
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a splitter is no rule between paragraphs: it takes focus and keys */}
      <div
        role="separator"
        tabIndex={0}
        aria-label="Width of the panel"
        aria-orientation="vertical"
        aria-valuemin={MIN_WIDTH}
        aria-valuemax={size.max}
        aria-valuenow={width}
        className="-left-1 absolute inset-y-0 z-1 w-2 cursor-col-resize touch-none hover:bg-accent/20 max-sm:hidden"
        onPointerDown={(event) => {
          dragFrom.current = { x: event.clientX, width };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          dragFrom.current = null;
        }}
        onKeyDown={onEdgeKey}
      />
      <header className="flex min-h-12 shrink-0 items-center gap-1 border-line border-b py-1 pr-2 pl-4">
        <h2 className="min-w-0 flex-1 truncate font-medium text-base">{title}</h2>
        {actions}
        <IconButton label="Close" keys="Esc" size="sm" onClick={onClose}>
          <X size={16} aria-hidden="true" />
        </IconButton>
      </header>
      <div className="scroll-thin flex min-h-0 flex-1 flex-col overflow-y-auto">{children}</div>
      {footer && <footer className="shrink-0 border-line border-t px-4 py-3">{footer}</footer>}
    </aside>
  );
}

/** A titled part of the inspector's content. */
export function InspectorSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-line border-b px-4 py-3 last:border-b-0">
      <h3 className="mb-2 font-medium text-ink-3 text-xs">{title}</h3>
      {children}
    </section>
  );
}
