"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import type { Panel } from "@/lib/boards/panel";

interface PanelDialogProps {
  panel: Panel;
  onClose: () => void;
  onChange: (panel: Panel) => void;
}

/** A panel's title and its threshold line. */
export function PanelDialog({ panel, onClose, onChange }: PanelDialogProps) {
  const first = panel.thresholds?.[0];
  const [title, setTitle] = useState(panel.title);
  const [value, setValue] = useState(first === undefined ? "" : String(first.value));
  const [label, setLabel] = useState(first?.label ?? "");
  const number = value.trim() === "" ? null : Number(value);
  const wrong = number !== null && !Number.isFinite(number) ? "It must be a number in the chart's unit." : undefined;

  function submit(): void {
    if (wrong || title.trim() === "") return;
    const { thresholds: _, ...rest } = panel;
    const named = { ...rest, title: title.trim().slice(0, 80) };
    const text = label.trim().slice(0, 40) || value.trim();
    onChange(number === null ? named : { ...named, thresholds: [{ value: number, label: text }] });
    onClose();
  }
  return (
    <Dialog open onClose={onClose} title="Title and threshold">
      <form
        className="flex flex-col gap-3 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field label="Title" error={title.trim() === "" ? "A panel has a title." : undefined}>
          {(control) => <TextInput {...control} data-autofocus value={title} onChange={setTitle} />}
        </Field>
        <Field label="Threshold" hint="A thin line at this value; empty for none." error={wrong}>
          {(control) => <TextInput {...control} inputMode="decimal" value={value} onChange={setValue} />}
        </Field>
        <Field label="Name of the threshold">
          {(control) => <TextInput {...control} value={label} onChange={setLabel} />}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Keep as it is</Button>
          <Button variant="primary" type="submit" disabled={wrong !== undefined || title.trim() === ""}>
            Change the panel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
