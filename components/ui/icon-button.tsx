import type { ReactNode } from "react";
import { Button, type ButtonProps } from "./button";
import { cx } from "./cx";

export interface IconButtonProps extends Omit<ButtonProps, "icon" | "children"> {
  /** What it does: the accessible name and the tooltip (Tooltips, in the shell, shows it). */
  label: string;
  /** Its key, shown in the tooltip. */
  keys?: string;
  /** A 16 px icon. */
  children: ReactNode;
}

/** A square button with an icon only. */
export function IconButton({ label, keys, children, className, variant = "quiet", ...rest }: IconButtonProps) {
  return (
    <Button
      {...rest}
      variant={variant}
      aria-label={label}
      data-tip={label}
      data-tip-keys={keys}
      className={cx(rest.size === "sm" ? "w-(--control-sm)" : "w-(--control)", "px-0!", className)}
    >
      {children}
    </Button>
  );
}
