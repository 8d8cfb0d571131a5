"use client";
import { type ReactNode, useId } from "react";

/** What a control inside Field must spread on itself. */
export interface FieldControl {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
}

interface FieldProps {
  label: string;
  /** How to fill it; stays in sight. */
  hint?: ReactNode;
  /** What is wrong with it, as a sentence: the API server's refusal belongs here too. */
  error?: string | undefined;
  /** Hide the label (a table's header already says it). */
  labelHidden?: boolean;
  children: (control: FieldControl) => ReactNode;
}

/** Label, control, hint and error, tied together for a screen reader: `<Field label="Method">{(control) => <TextInput {...control} />}</Field>`. */
export function Field({ label, hint, error, labelHidden, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className={labelHidden ? "sr-only" : "font-medium text-ink-2 text-xs"}>
        {label}
      </label>
      {children({
        id,
        "aria-describedby": hint !== undefined || error ? noteId : undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {(error || hint !== undefined) && (
        <p
          id={noteId}
          role={error ? "alert" : undefined}
          className={error ? "text-fail text-xs" : "text-ink-3 text-xs"}
        >
          {error ?? hint}
        </p>
      )}
    </div>
  );
}
