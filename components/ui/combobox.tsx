"use client";
import { Command } from "cmdk";
import { Check, ChevronsUpDown } from "lucide-react";
import { useState } from "react";
import { cx } from "./cx";
import type { FieldControl } from "./field";
import { Popover } from "./popover";
import { INPUT_CLASS } from "./text-input";

export interface ComboboxOption {
  value: string;
  label: string;
  /** Grey behind the label: a namespace, a count. */
  note?: string;
  /** Heading it is listed under. */
  group?: string;
}

interface ComboboxProps extends Partial<FieldControl> {
  value: string | null;
  options: readonly ComboboxOption[];
  onChange: (value: string) => void;
  placeholder: string;
  /** Lets the reader use what was typed although no option has it. */
  allowOther?: boolean;
  label: string;
}

/** One of a long list, found by typing. */
export function Combobox({ value, options, onChange, placeholder, allowOther, label, ...control }: ComboboxProps) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const shown = options.find((option) => option.value === value)?.label ?? value;
  const groups = [...new Set(options.map((option) => option.group ?? ""))];
  function choose(next: string): void {
    onChange(next);
    setOpen(false);
    setText("");
  }
  return (
    <Popover
      label={label}
      open={open}
      onOpenChange={setOpen}
      className="w-(--radix-popover-trigger-width) min-w-56"
      trigger={
        <button
          type="button"
          role="combobox"
          aria-expanded={open}
          aria-label={control.id ? undefined : label}
          {...control}
          className={cx(INPUT_CLASS, "flex items-center justify-between gap-2 text-left")}
        >
          <span className={cx("truncate", !shown && "text-ink-3")}>{shown || placeholder}</span>
          <ChevronsUpDown size={14} aria-hidden="true" className="shrink-0 text-ink-3" />
        </button>
      }
    >
      <Command label={label}>
        <Command.Input
          value={text}
          onValueChange={setText}
          placeholder={placeholder}
          className="h-(--control) w-full border-line border-b bg-transparent px-3 outline-none placeholder:text-ink-3"
        />
        <Command.List className="scroll-thin max-h-64 overflow-auto p-1">
          <Command.Empty className="px-2 py-3 text-ink-3">Nothing is named so.</Command.Empty>
          {groups.map((group) => (
            <Command.Group
              key={group}
              heading={group || undefined}
              className="**:[[cmdk-group-heading]]:px-2 **:[[cmdk-group-heading]]:py-1 **:[[cmdk-group-heading]]:text-ink-3 **:[[cmdk-group-heading]]:text-xs"
            >
              {options
                .filter((option) => (option.group ?? "") === group)
                .map((option) => (
                  <Command.Item
                    key={option.value}
                    value={`${option.label} ${option.value}`}
                    onSelect={() => choose(option.value)}
                    className="flex min-h-(--control-sm) items-center gap-2 rounded-md px-2 data-[selected=true]:bg-raised"
                  >
                    <Check
                      size={14}
                      aria-hidden="true"
                      className={option.value === value ? "text-accent" : "opacity-0"}
                    />
                    <span className="flex-1 truncate">{option.label}</span>
                    {option.note && <span className="text-ink-3 text-xs">{option.note}</span>}
                  </Command.Item>
                ))}
            </Command.Group>
          ))}
          {allowOther && text.trim() !== "" && !options.some((option) => option.value === text.trim()) && (
            <Command.Item
              value={text}
              onSelect={() => choose(text.trim())}
              className="flex min-h-(--control-sm) items-center gap-2 rounded-md px-2 data-[selected=true]:bg-raised"
            >
              Use “{text.trim()}”
            </Command.Item>
          )}
        </Command.List>
      </Command>
    </Popover>
  );
}
