import { ChevronDown } from "lucide-react";
import type { SelectHTMLAttributes } from "react";
import { cx } from "./cx";
import { INPUT_CLASS } from "./text-input";

interface SelectProps<Value extends string>
  extends Omit<SelectHTMLAttributes<HTMLSelectElement>, "onChange" | "value"> {
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
  small?: boolean;
}

/** One of a short list. The browser's own control: right on every phone, operable by every keyboard. */
export function Select<Value extends string>({
  value,
  options,
  onChange,
  small,
  className,
  ...rest
}: SelectProps<Value>) {
  return (
    <span className={cx("relative inline-flex items-center", className)}>
      <select
        {...rest}
        value={value}
        onChange={(event) => {
          const option = options.find((each) => each.value === event.target.value);
          if (option) onChange(option.value);
        }}
        className={cx(INPUT_CLASS, "appearance-none pr-7", small && "h-(--control-sm)! border-line!")}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown size={14} aria-hidden="true" className="pointer-events-none absolute right-2 text-ink-3" />
    </span>
  );
}
