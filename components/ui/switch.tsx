"use client";
import { useId } from "react";
import { cx } from "./cx";

interface SwitchProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: string;
  disabled?: boolean;
}

/** On or off, at once. */
export function Switch({ checked, onChange, label, disabled }: SwitchProps) {
  const id = useId();
  return (
    <span className="flex min-h-(--control-sm) items-center gap-2">
      <button
        type="button"
        role="switch"
        aria-checked={checked}
        aria-labelledby={id}
        disabled={disabled}
        onClick={() => onChange(!checked)}
        className={cx(
          "h-4.5 w-8 rounded-full border p-0.5",
          checked ? "border-accent bg-accent" : "border-line-strong bg-raised",
        )}
      >
        <span
          className={cx(
            "block size-3 rounded-full transition-transform duration-100",
            checked ? "translate-x-3.5 bg-on-accent" : "bg-line-strong",
          )}
        />
      </button>
      <span id={id} className="text-sm">
        {label}
      </span>
    </span>
  );
}
