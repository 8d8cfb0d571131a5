"use client";
import {
  cloneElement,
  type HTMLAttributes,
  lazy,
  type ReactElement,
  type ReactNode,
  type Ref,
  Suspense,
  useId,
  useRef,
  useState,
} from "react";

interface TriggerProps extends HTMLAttributes<HTMLElement> {
  ref?: Ref<HTMLElement>;
}

interface PopoverProps {
  /** A button; aria-expanded and the rest are put on it. */
  trigger: ReactElement<TriggerProps>;
  /** The accessible name of what opens. */
  label: string;
  align?: "start" | "center" | "end";
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  className?: string;
  children: ReactNode;
}

// What places it beside its button is no part of a page's first load: it comes when a pointer or the focus does.
const load = () => import("./popover-panel").then((module) => ({ default: module.PopoverPanel }));
const PopoverPanel = lazy(load);

/** Something small beside its button. Esc and a click outside close it; the page behind stays operable. */
export function Popover({ trigger, open, onOpenChange, children, ...panel }: PopoverProps) {
  const id = useId();
  const button = useRef<HTMLElement>(null);
  const [own, setOwn] = useState(false);
  const isOpen = open ?? own;
  function change(next: boolean): void {
    setOwn(next);
    onOpenChange?.(next);
  }
  const given = trigger.props;
  return (
    <>
      {cloneElement(trigger, {
        ref: button,
        "aria-haspopup": "dialog",
        "aria-expanded": isOpen,
        "aria-controls": isOpen ? id : undefined,
        onPointerEnter: (event) => {
          given.onPointerEnter?.(event);
          void load();
        },
        onFocus: (event) => {
          given.onFocus?.(event);
          void load();
        },
        onClick: (event) => {
          given.onClick?.(event);
          if (!event.defaultPrevented) change(!isOpen);
        },
      })}
      {isOpen && (
        <Suspense>
          <PopoverPanel {...panel} id={id} button={button} onClose={() => change(false)}>
            {children}
          </PopoverPanel>
        </Suspense>
      )}
    </>
  );
}
