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
  /** The id of the words (Reason) that say why it takes no click: the keyboard still reaches it. null: it does. */
  unusableBecause?: string | null;
  ref?: Ref<HTMLButtonElement>;
}

const TAKES_NO_CLICK = { "aria-disabled": true, onClick: undefined };

/** A button says what it does: "Apply 90/10", not "Submit". */
export function Button({
  variant = "default",
  size = "md",
  busy,
  icon,
  className,
  children,
  unusableBecause = null,
  ...rest
}: ButtonProps) {
  const unusable = unusableBecause === null ? {} : { ...TAKES_NO_CLICK, "aria-describedby": unusableBecause };
  return (
    <button
      type="button"
      {...rest}
      {...unusable}
      disabled={rest.disabled === true || busy === true}
      aria-busy={busy}
      className={cx(
        "inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md border px-2.5 font-medium text-sm transition-colors duration-100 disabled:opacity-50 aria-disabled:cursor-default aria-disabled:opacity-60",
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
