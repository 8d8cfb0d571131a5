import type { InputHTMLAttributes, Ref } from "react";
import { cx } from "./cx";

export const INPUT_CLASS =
  "h-(--control) w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 text-sm text-ink placeholder:text-ink-3 disabled:opacity-50 aria-invalid:border-fail";

interface TextInputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange"> {
  onChange: (value: string) => void;
  /** Identities and patterns. */
  mono?: boolean;
  ref?: Ref<HTMLInputElement>;
}

/** One line of text. Controlled. */
export function TextInput({ onChange, mono, className, ...rest }: TextInputProps) {
  return (
    <input
      type="text"
      autoComplete="off"
      spellCheck={false}
      {...rest}
      onChange={(event) => onChange(event.target.value)}
      className={cx(INPUT_CLASS, mono && "font-mono text-xs", className)}
    />
  );
}
