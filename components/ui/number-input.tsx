"use client";
import { type InputHTMLAttributes, useEffect, useState } from "react";
import { cx } from "./cx";
import { INPUT_CLASS } from "./text-input";

interface NumberInputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "value" | "min" | "max"> {
  value: number;
  min: number;
  max: number;
  /** Called with a whole number within [min, max]: on arrow keys at once, on typing when it is one. */
  onChange: (value: number) => void;
  /** Small and grey behind the number: `%`. */
  unit?: string;
}

/** A whole number with arrow keys (1, with Shift 10). What is typed stays as typed until the field is left. */
export function NumberInput({ value, min, max, onChange, unit, className, ...rest }: NumberInputProps) {
  const [text, setText] = useState(String(value));
  useEffect(() => setText(String(value)), [value]);
  const within = (number: number) => Math.min(max, Math.max(min, Math.round(number)));
  return (
    <span className={cx("relative inline-flex items-center", className)}>
      <input
        {...rest}
        type="text"
        inputMode="numeric"
        role="spinbutton"
        aria-valuemin={min}
        aria-valuemax={max}
        aria-valuenow={value}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          const number = Number(event.target.value);
          if (event.target.value.trim() !== "" && Number.isInteger(number) && number >= min && number <= max)
            onChange(number);
        }}
        onBlur={() => setText(String(value))}
        onKeyDown={(event) => {
          const step = event.shiftKey ? 10 : 1;
          if (event.key === "ArrowUp") onChange(within(value + step));
          else if (event.key === "ArrowDown") onChange(within(value - step));
          else return;
          event.preventDefault();
        }}
        className={cx(INPUT_CLASS, "text-right", unit && "pr-6")}
      />
      {unit && (
        <span aria-hidden="true" className="pointer-events-none absolute right-2 text-ink-3 text-xs">
          {unit}
        </span>
      )}
    </span>
  );
}
