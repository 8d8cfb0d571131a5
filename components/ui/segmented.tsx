"use client";
import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "./cx";

interface SegmentedProps<Value extends string> {
  label: string;
  options: readonly { value: Value; label: string; icon?: ReactNode }[];
  value: Value;
  onChange: (value: Value) => void;
  /** Show icons alone; labels become names. */
  iconsOnly?: boolean;
}

/** One of a few, all in sight: picture or table, form or YAML. */
export function Segmented<Value extends string>({ label, options, value, onChange, iconsOnly }: SegmentedProps<Value>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const option = options.find((each) => each.value === next);
        if (option) onChange(option.value);
      }}
      className="inline-flex shrink-0 rounded-md border border-line bg-raised p-0.5"
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          aria-label={option.label}
          title={iconsOnly ? option.label : undefined}
          className={cx(
            "inline-flex h-[calc(var(--control-sm)-6px)] items-center gap-1.5 rounded-sm px-2 text-ink-2 text-sm hover:text-ink",
            "data-[state=on]:bg-surface data-[state=on]:text-ink data-[state=on]:shadow-[0_0_0_1px_var(--color-line)]",
          )}
        >
          {option.icon}
          {!iconsOnly && option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
