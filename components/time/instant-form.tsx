"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { INPUT_CLASS } from "@/components/ui/text-input";
import { useClock } from "./clock";

interface InstantFormProps {
  label?: string;
  /** Unix milliseconds. */
  initial: number;
  /** What its button says. */
  action: string;
  onSubmit: (at: number) => void;
}

/** Day and time in the reader's zone: the browser's own calendar, right on every phone. */
export function InstantForm({ label = "Day and time", initial, action, onSubmit }: InstantFormProps) {
  const clock = useClock();
  const [text, setText] = useState(() => clock.toInput(initial));
  const at = clock.fromInput(text);
  const wrong = at === null ? "Not a day and time." : at > Date.now() ? "That has not come yet." : undefined;
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (at !== null && wrong === undefined) onSubmit(at);
      }}
    >
      <Field label={label} error={wrong}>
        {(control) => (
          <input
            {...control}
            type="datetime-local"
            step={1}
            value={text}
            onChange={(event) => setText(event.target.value)}
            className={INPUT_CLASS}
          />
        )}
      </Field>
      <Button type="submit" size="sm" disabled={wrong !== undefined}>
        {action}
      </Button>
    </form>
  );
}
