"use client";
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Kbd } from "./kbd";
import { placeOfTip } from "./tip-place";

interface Tip {
  readonly named: HTMLElement;
  readonly text: string;
  readonly keys: string | undefined;
}

/** A pointer that only passes opens nothing; from one to the next there is no wait. */
const OPEN_MS = 400;
const NEXT_MS = 300;
/** Long enough to move onto the tooltip itself. */
const LEAVE_MS = 120;
const ID = "tooltip";
const INPUTS = ["pointerdown", "keydown"] as const;
/** Keys that take the focus from one thing to the next. */
const GOING = /^(Tab|Arrow|Home|End)/;

/**
 * The one tooltip of the page: says what stands in `data-tip` of what the pointer rests on or the keyboard goes to, with the key in
 * `data-tip-keys`. Never the only place of a fact: touch has no hover.
 */
export function Tooltips() {
  const box = useRef<HTMLDivElement>(null);
  const tip = useTip(box);
  useLayoutEffect(() => {
    const element = box.current;
    if (tip === null || element === null) return;
    // In the top layer: above a dialog too.
    if (!element.matches(":popover-open")) element.showPopover();
    const { innerWidth: width, innerHeight: height } = window;
    const place = placeOfTip(tip.named.getBoundingClientRect(), element.getBoundingClientRect(), { width, height });
    element.style.left = `${place.left}px`;
    element.style.top = `${place.top}px`;
    tip.named.setAttribute("aria-describedby", ID);
    return () => tip.named.removeAttribute("aria-describedby");
  }, [tip]);
  return (
    <div
      ref={box}
      id={ID}
      role="tooltip"
      popover="manual"
      className="m-0 max-w-72 items-center gap-2 rounded-md bg-surface px-2 py-1 text-ink text-xs shadow-float open:flex"
    >
      {tip?.text}
      {tip?.keys && <Kbd keys={tip.keys} />}
    </div>
  );
}

/** What is named now; null for nothing. */
function useTip(box: RefObject<HTMLDivElement | null>): Tip | null {
  const [tip, setTip] = useState<Tip | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let shown: HTMLElement | null = null;
    let hiddenAt = Number.NEGATIVE_INFINITY;
    let isGoing = false;
    const hide = () => {
      clearTimeout(timer);
      if (shown === null) return;
      shown = null;
      hiddenAt = performance.now();
      box.current?.hidePopover();
      setTip(null);
    };
    const show = (named: HTMLElement) => {
      clearTimeout(timer);
      const { tip: text, tipKeys: keys } = named.dataset;
      if (!text || !named.isConnected) return;
      shown = named;
      setTip({ named, text, keys });
    };
    const onOver = ({ target, pointerType }: PointerEvent) => {
      if (pointerType === "touch") return;
      clearTimeout(timer);
      const named = namedBy(target);
      if (named === shown || box.current?.contains(target as Node)) return;
      if (named === null) timer = setTimeout(hide, LEAVE_MS);
      else if (shown !== null || performance.now() - hiddenAt < NEXT_MS) show(named);
      else timer = setTimeout(() => show(named), OPEN_MS);
    };
    // A menu or a panel that closes gives the focus back: its button has been read already, and a tooltip would cover what is beside it.
    const onInput = (event: Event) => {
      isGoing = event instanceof KeyboardEvent && GOING.test(event.key);
    };
    const onFocus = ({ target }: FocusEvent) => {
      const named = namedBy(target);
      if (isGoing && named?.matches(":focus-visible")) show(named);
      else hide();
    };
    const ends = ["pointerdown", "keydown", "focusout", "scroll", "wheel"] as const;
    document.addEventListener("pointerover", onOver);
    document.addEventListener("focusin", onFocus);
    for (const end of ends) document.addEventListener(end, hide, { capture: true, passive: true });
    for (const input of INPUTS) document.addEventListener(input, onInput, { capture: true });
    return () => {
      clearTimeout(timer);
      document.removeEventListener("pointerover", onOver);
      document.removeEventListener("focusin", onFocus);
      for (const end of ends) document.removeEventListener(end, hide, { capture: true });
      for (const input of INPUTS) document.removeEventListener(input, onInput, { capture: true });
    };
  }, [box]);
  return tip;
}

function namedBy(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-tip]") : null;
}
