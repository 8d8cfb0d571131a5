"use client";
import { SlidersHorizontal } from "lucide-react";
import type { ReactNode } from "react";
import type { UrlChange } from "@/components/shell/url-state";
import { useUrlText } from "@/components/shell/use-url-text";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Popover } from "@/components/ui/popover";
import { Select } from "@/components/ui/select";
import { counted } from "@/lib/format/counted";
import { METRICS } from "@/lib/picture/metric";
import type { Vocabulary } from "@/lib/topology/find/complete";
import { parseFind } from "@/lib/topology/find/parse";
import { FindField } from "../find/find-field";
import { GROUPINGS, type GraphChoice, LEVELS } from "../graph-choice";
import type { Level } from "../picture";

interface ViewMenuProps {
  choice: GraphChoice;
  level: Level;
  /** Asked for while one writes. */
  vocabulary: () => Vocabulary;
  onChange: (change: UrlChange) => void;
  /** Query of the view, for its name and link. */
  children: ReactNode;
}

/** Everything about what is shown that has no place of its own in the toolbar; on a phone all of it. */
export function ViewMenu({ choice, level, vocabulary, onChange, children }: ViewMenuProps) {
  const filters = [choice.withoutIdle, choice.withoutUnused, choice.onlyProblems, choice.hide !== ""].filter(Boolean);
  return (
    <Popover
      label="What is shown"
      align="end"
      className="flex w-80 flex-col gap-4 p-3"
      trigger={
        <Button
          size="sm"
          aria-label={filters.length === 0 ? "View" : `View, ${counted(filters.length, "filter")}`}
          icon={<SlidersHorizontal size={14} aria-hidden="true" />}
        >
          <span className="max-sm:hidden">View</span>
          {filters.length > 0 && (
            <span className="rounded-sm bg-accent px-1 text-on-accent text-xs leading-4">{filters.length}</span>
          )}
        </Button>
      }
    >
      <div className="grid grid-cols-[5.5rem_1fr] items-center gap-2 lg:hidden">
        <Row label="Level">
          <LevelSelect level={level} choice={choice} onChange={onChange} />
        </Row>
        <Row label="Edges say">
          <MetricSelect choice={choice} onChange={onChange} />
        </Row>
        <Row label="Groups">
          <GroupSelect choice={choice} onChange={onChange} />
        </Row>
      </div>
      <Section title="Leave out">
        <Checkbox checked={choice.withoutIdle} onChange={(on) => onChange({ idle: on ? "hide" : null })}>
          Services without calls
        </Checkbox>
        <Checkbox checked={choice.withoutUnused} onChange={(on) => onChange({ unused: on ? "hide" : null })}>
          Allowed calls that nobody makes
        </Checkbox>
        <Checkbox checked={choice.onlyProblems} onChange={(on) => onChange({ problems: on ? "only" : null })}>
          Everything that has no problem
        </Checkbox>
        <HideField vocabulary={vocabulary} />
      </Section>
      {children}
    </Popover>
  );
}

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-1">
      <h3 className="font-medium text-ink-3 text-xs">{title}</h3>
      {children}
    </section>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <span className="text-ink-2">{label}</span>
      {children}
    </>
  );
}

function HideField({ vocabulary }: { vocabulary: () => Vocabulary }) {
  const [text, setText] = useUrlText("hide");
  const read = parseFind(text);
  return (
    <FindField
      label="Hide what fits"
      placeholder="Hide what fits: kind = external"
      value={text}
      onChange={setText}
      error={read.ok ? null : read}
      vocabulary={vocabulary}
      className="mt-1"
    />
  );
}

interface SelectProps {
  choice: GraphChoice;
  onChange: (change: UrlChange) => void;
}

export function LevelSelect({ level, choice, onChange }: SelectProps & { level: Level }) {
  // Without groups there is nothing to fold.
  const options = choice.grouping === "none" ? LEVELS.filter(({ value }) => value !== "namespaces") : LEVELS;
  return (
    <Select
      small
      aria-label="Level of detail"
      value={level}
      options={choice.grouping === "namespace" ? options : options.map(asGroups)}
      onChange={(value) => onChange({ level: value, open: null })}
    />
  );
}

function asGroups({ value, label }: (typeof LEVELS)[number]): { value: Level; label: string } {
  return { value, label: value === "namespaces" ? "Groups" : label };
}

export function MetricSelect({ choice, onChange }: SelectProps) {
  return (
    <Select
      small
      aria-label="Label of edges"
      value={choice.metric}
      options={METRICS}
      onChange={(value) => onChange({ metric: value === "rate" ? null : value })}
    />
  );
}

export function GroupSelect({ choice, onChange }: SelectProps) {
  return (
    <Select
      small
      aria-label="Groups"
      value={choice.grouping}
      options={GROUPINGS}
      onChange={(value) => onChange({ group: value === "namespace" ? null : value, open: null })}
    />
  );
}
