"use client";
import { type KeyboardEvent, type ReactNode, type Ref, useId, useRef, useState } from "react";
import { cx } from "@/components/ui/cx";
import { TextInput } from "@/components/ui/text-input";
import { type Suggestion, suggestionsFor, type Vocabulary } from "@/lib/topology/find/complete";
import type { FindError } from "@/lib/topology/find/fault";
import { FindFault } from "./find-fault";
import { SuggestionList } from "./suggestion-list";

interface FindFieldProps {
  label: string;
  placeholder: string;
  value: string;
  onChange: (text: string) => void;
  /** What is wrong with it; null when it can be read. */
  error: FindError | null;
  /** Asked for while one writes. */
  vocabulary: () => Vocabulary;
  /** Small, at the end: how many were found, help. */
  after?: ReactNode;
  className?: string;
  ref?: Ref<HTMLInputElement>;
}

/** A field for the find language. It suggests what could stand at the caret, and says what it cannot read, at which place. */
export function FindField({
  label,
  placeholder,
  value,
  onChange,
  error,
  vocabulary,
  after,
  className,
  ref,
}: FindFieldProps) {
  const id = useId();
  const [caret, setCaret] = useState<number | null>(null);
  const [active, setActive] = useState(-1);
  const own = useRef<HTMLInputElement>(null);
  const focused = caret !== null;
  const [dismissed, setDismissed] = useState(false);
  const suggestions = focused && !dismissed ? suggestionsFor(value, caret, vocabulary()) : [];
  const open = suggestions.length > 0;
  const chosen = suggestions[active];
  // While one is still writing, what is missing at the end is no fault yet.
  const isUnfinished = error !== null && focused && error.from >= value.trimEnd().length;

  function take({ text, from, to }: Suggestion): void {
    const space = value[to] === " " || text === ")" ? "" : " ";
    onChange(value.slice(0, from) + text + space + value.slice(to));
    setActive(-1);
    const at = from + text.length + space.length;
    setCaret(at);
    requestAnimationFrame(() => own.current?.setSelectionRange(at, at));
  }

  function move(step: number): void {
    setDismissed(false);
    setActive((last) => {
      const next = last + step;
      return next < -1 ? suggestions.length - 1 : next >= suggestions.length ? -1 : next;
    });
  }

  function onEscape(): void {
    if (open && !dismissed && value !== "") setDismissed(true);
    else if (value !== "") onChange("");
    else own.current?.blur();
    setActive(-1);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    const isHandled = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Enter: () => (chosen === undefined ? setDismissed(true) : take(chosen)),
      Escape: onEscape,
    }[event.key];
    if (isHandled === undefined) return;
    event.preventDefault();
    isHandled();
  }

  return (
    <div className={cx("relative flex items-center", className)}>
      <TextInput
        ref={(input) => {
          own.current = input;
          if (typeof ref === "function") ref(input);
          else if (ref) ref.current = input;
        }}
        role="combobox"
        inputMode="search"
        aria-label={label}
        aria-expanded={open}
        aria-controls={`${id}list`}
        aria-autocomplete="list"
        aria-activedescendant={chosen === undefined ? undefined : `${id}list${active}`}
        aria-invalid={error !== null && !isUnfinished}
        aria-describedby={error === null ? undefined : `${id}fault`}
        placeholder={placeholder}
        value={value}
        onChange={(text) => {
          onChange(text);
          // Not every way of writing (paste by a tool, dictation) tells of the caret.
          setCaret(own.current?.selectionStart ?? text.length);
          setDismissed(false);
          setActive(-1);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? value.length)}
        onFocus={(event) => setCaret(event.currentTarget.selectionStart ?? value.length)}
        onBlur={() => {
          setCaret(null);
          setActive(-1);
          setDismissed(false);
        }}
        onKeyDown={onKeyDown}
        className="h-(--control-sm)! border-line! pr-16!"
      />
      <span className="absolute right-0.5 flex items-center gap-1">{after}</span>
      {(open || error !== null) && (
        <div className="scroll-thin absolute top-full left-0 z-30 mt-1 max-h-[60dvh] w-max min-w-full max-w-[min(30rem,94vw)] overflow-auto rounded-lg bg-surface text-sm shadow-float">
          {error !== null && <FindFault id={`${id}fault`} text={value} error={error} quiet={isUnfinished} />}
          {open && <SuggestionList id={`${id}list`} suggestions={suggestions} active={active} onTake={take} />}
        </div>
      )}
    </div>
  );
}
