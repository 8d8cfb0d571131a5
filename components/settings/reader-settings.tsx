"use client";
import { setTheme, useTheme } from "@/components/theme/use-theme";
import { Checkbox } from "@/components/ui/checkbox";
import { Combobox, type ComboboxOption } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { useNow } from "@/components/ui/use-now";
import { AccountSettings } from "./account-settings";
import { REFRESH_PACES, refreshPace, startsPaused } from "./refresh";
import { intlZone, timeZone } from "./time-zone";

const THEMES = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

/** Choices of this browser's reader: nothing of them is stored on a server. */
export function ReaderSettings() {
  const { theme } = useTheme();
  const zone = timeZone.use();
  const pace = refreshPace.use();
  const paused = startsPaused.use();
  const now = useNow();
  return (
    <div className="flex max-w-md flex-col gap-5">
      <AccountSettings />
      <div className="flex flex-col gap-1">
        <span className="font-medium text-ink-2 text-xs">Theme</span>
        <span>
          <Segmented label="Theme" options={THEMES} value={theme} onChange={setTheme} />
        </span>
      </div>
      <Field label="Time zone" hint={now === 0 ? "" : `It is ${clock(now, zone)} there.`}>
        {(control) => (
          <Combobox
            {...control}
            label="Time zone"
            placeholder="A city, or UTC"
            value={zone}
            options={ZONES}
            onChange={timeZone.set}
          />
        )}
      </Field>
      <Field
        label="Figures that no stream brings"
        hint="Charts, sidecars and checks. Live pages are not asked for: the server tells them."
      >
        {(control) => <Select {...control} value={pace} options={REFRESH_PACES} onChange={refreshPace.set} />}
      </Field>
      <Checkbox checked={paused} onChange={startsPaused.set}>
        Begin paused: figures move only after l or Live
      </Checkbox>
    </div>
  );
}

const ZONES: readonly ComboboxOption[] = [
  { value: "local", label: "This browser's own" },
  { value: "UTC", label: "UTC" },
  ...Intl.supportedValuesOf("timeZone")
    .filter((zone) => zone !== "UTC")
    .map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") })),
];

function clock(at: number, zone: string): string {
  return new Date(at).toLocaleTimeString("sv-SE", { timeZone: intlZone(zone), hour: "2-digit", minute: "2-digit" });
}
