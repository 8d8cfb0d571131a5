"use client";
import { useState } from "react";
import { useWindow, WINDOWS } from "@/components/shell/scope";
import { useUrlState } from "@/components/shell/url-state";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { RATE_BOUNDS, windowFault } from "@/lib/contract/window";

/** What rates are taken over: the usual ones, or any from 10 s to 6 h. */
export function WindowField() {
  const window = useWindow();
  const { setUrl } = useUrlState();
  const usual = WINDOWS.some(({ value }) => value === window);
  const [text, setText] = useState(usual ? "" : window);
  const fault = text === "" ? null : windowFault(text, RATE_BOUNDS);
  const isUsable = text !== "" && fault === null;
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 font-medium text-ink-2 text-xs">Rates over the last</legend>
      <div className="grid grid-cols-5 gap-1">
        {WINDOWS.map(({ value }) => (
          <Button
            key={value}
            size="sm"
            aria-pressed={value === window}
            className="px-0! aria-pressed:border-accent aria-pressed:text-accent"
            onClick={() => setUrl({ window: value })}
          >
            {value}
          </Button>
        ))}
      </div>
      <form
        className="flex items-start gap-1"
        onSubmit={(event) => {
          event.preventDefault();
          if (isUsable) setUrl({ window: text });
        }}
      >
        <div className="min-w-0 flex-1">
          <Field label="Another window" labelHidden error={fault === null ? undefined : `It ${fault}.`}>
            {(control) => <TextInput {...control} value={text} placeholder="Another: 90s, 2h" onChange={setText} />}
          </Field>
        </div>
        <Button type="submit" disabled={!isUsable}>
          Use
        </Button>
      </form>
    </fieldset>
  );
}
