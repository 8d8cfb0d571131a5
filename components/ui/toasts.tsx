"use client";
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { cx } from "./cx";
import { type Status, StatusMark } from "./status-mark";

interface Toast {
  id: number;
  text: string;
  status: Status;
}
type Listener = (toast: Toast) => void;

const listeners = new Set<Listener>();
let nextId = 1;

/** Says what happened to something the reader did ("Applied 90/10 to bookstore/bookstore"). Errors belong beside what failed. */
export function toast(text: string, status: Status = "healthy"): void {
  const item = { id: nextId++, text, status };
  for (const listener of listeners) listener(item);
}

/** Where toasts appear; one in the shell. They leave after 6 s, or never while the pointer rests on them. */
export function Toasts() {
  const [items, setItems] = useState<readonly Toast[]>([]);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    const listener: Listener = (item) => setItems((all) => [...all.slice(-2), item]);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, []);
  useEffect(() => {
    if (items.length === 0 || held) return;
    const timer = setTimeout(() => setItems((all) => all.slice(1)), 6000);
    return () => clearTimeout(timer);
  }, [items, held]);
  return (
    <output
      className="fixed bottom-[calc(var(--bottombar)+12px)] left-1/2 z-50 flex w-max max-w-[92vw] -translate-x-1/2 flex-col gap-2"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      {items.map((item) => (
        <div
          key={item.id}
          className={cx("flex items-center gap-2 rounded-md bg-surface py-1.5 pr-1.5 pl-3 text-sm shadow-float")}
        >
          <StatusMark status={item.status} />
          <span>{item.text}</span>
          <button
            type="button"
            aria-label="Dismiss"
            className="rounded-sm p-1 text-ink-3 hover:bg-raised"
            onClick={() => setItems((all) => all.filter((other) => other.id !== item.id))}
          >
            <X size={14} aria-hidden="true" />
          </button>
        </div>
      ))}
    </output>
  );
}
