"use client";
import type { KeyboardEvent, ReactNode } from "react";
import { cx } from "./cx";

interface SegmentedProps<Value extends string> {
  label: string;
  options: readonly { value: Value; label: string; icon?: ReactNode }[];
  value: Value;
  onChange: (value: Value) => void;
  /** Show icons alone; labels become names. */
  iconsOnly?: boolean;
}

/** One of a few, all in sight: picture or table, form or YAML. A group of radios: one stop for Tab, arrows choose. */
export function Segmented<Value extends string>({ label, options, value, onChange, iconsOnly }: SegmentedProps<Value>) {
  const chosen = Math.max(
    0,
    options.findIndex((option) => option.value === value),
  );
  function onKeyDown(event: KeyboardEvent<HTMLElement>, index: number): void {
    const last = options.length - 1;
    const to = {
      ArrowLeft: index === 0 ? last : index - 1,
      ArrowUp: index === 0 ? last : index - 1,
      ArrowRight: index === last ? 0 : index + 1,
      ArrowDown: index === last ? 0 : index + 1,
      Home: 0,
      End: last,
    }[event.key];
    const next = to === undefined ? undefined : options[to];
    if (to === undefined || next === undefined) return;
    event.preventDefault();
    event.currentTarget.parentElement?.querySelectorAll("button")[to]?.focus();
    onChange(next.value);
  }
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className="inline-flex shrink-0 rounded-md border border-line bg-raised p-0.5"
    >
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useSemanticElements: the browser's radios cannot hold an icon
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          aria-label={option.label}
          title={iconsOnly ? option.label : undefined}
          tabIndex={index === chosen ? 0 : -1}
          onKeyDown={(event) => onKeyDown(event, index)}
          onClick={() => option.value !== value && onChange(option.value)}
          className={cx(
            "inline-flex h-[calc(var(--control-sm)-6px)] items-center gap-1.5 rounded-sm px-2 text-ink-2 text-sm hover:text-ink",
            "aria-checked:bg-surface aria-checked:text-ink aria-checked:shadow-[0_0_0_1px_var(--color-line)]",
          )}
        >
          {option.icon}
          {!iconsOnly && option.label}
        </button>
      ))}
    </div>
  );
}
