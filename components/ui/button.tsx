import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { cx } from "./cx";

const VARIANT = {
  /** One per view: the thing that writes. */
  primary: "bg-accent text-on-accent hover:brightness-110 border-transparent",
  default: "bg-surface text-ink border-line hover:bg-raised hover:border-line-strong",
  quiet: "bg-transparent text-ink-2 border-transparent hover:bg-raised hover:text-ink",
  /** Only for what cannot be undone. */
  danger: "bg-surface text-fail border-fail/50 hover:bg-fail/8",
} as const;

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: keyof typeof VARIANT;
  /** 28 or 32 px; both are 40 px on touch. */
  size?: "sm" | "md";
  /** At work: announces it and takes no click. The label stays, so nothing jumps. */
  busy?: boolean;
  /** 16 px, before the label. */
  icon?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

/** A button says what it does: "Apply 90/10", not "Submit". */
export function Button({ variant = "default", size = "md", busy, icon, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled === true || busy === true}
      aria-busy={busy}
      className={cx(
        "inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md border px-2.5 font-medium text-sm transition-colors duration-100 disabled:opacity-50",
        size === "sm" ? "h-(--control-sm)" : "h-(--control)",
        busy && "animate-[breathe_1.2s_ease-in-out_infinite]",
        VARIANT[variant],
        className,
      )}
    >
      {icon}
      {children}
    </button>
  );
}
