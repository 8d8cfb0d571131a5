"use client";
import { Copy, Download, Pause, Play, WrapText } from "lucide-react";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import type { ServicePod } from "@/lib/contract/services";
import type { NumberedLine } from "@/lib/logs/book";

interface LogToolbarProps {
  pods: readonly ServicePod[];
  pod: ServicePod;
  onPod: (name: string) => void;
  containers: readonly string[];
  onContainers: (names: readonly string[]) => void;
  previous: boolean;
  onPrevious: (on: boolean) => void;
  find: string;
  onFind: (text: string) => void;
  /** Why the search cannot be used. */
  fault: string | null;
  onlyHits: boolean;
  onOnlyHits: (on: boolean) => void;
  wrap: boolean;
  onWrap: (on: boolean) => void;
  held: boolean;
  /** Lines that came while it was held. */
  behind: number;
  onHold: () => void;
  /** What is copied and saved. */
  lines: readonly NumberedLine[];
}

/** Which log, and what of it. */
export function LogToolbar(props: LogToolbarProps) {
  const { pods, pod, containers, held, behind, lines, wrap } = props;
  const all = pod.containers.map(({ name }) => name);
  const choices = [
    { value: "", label: "All containers" },
    ...all.map((name) => ({
      value: name,
      label: pod.containers.find((one) => one.name === name)?.sidecar ? `${name} (sidecar)` : name,
    })),
  ];
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-line border-b px-4 py-2 max-sm:px-2">
      <Select
        aria-label="Pod"
        small
        options={pods.map(({ name, ready }) => ({ value: name, label: ready ? name : `${name}, not ready` }))}
        value={pod.name}
        onChange={props.onPod}
        className="max-w-64"
      />
      <Select
        aria-label="Container"
        small
        options={choices}
        value={containers.length === 1 ? (containers[0] ?? "") : ""}
        onChange={(name) => props.onContainers(name === "" ? all : [name])}
      />
      <TextInput
        aria-label="Find in the log"
        placeholder="Find, or /pattern/"
        className="h-(--control-sm)! w-44!"
        value={props.find}
        onChange={props.onFind}
        aria-invalid={props.fault !== null}
      />
      {props.fault && (
        <span role="alert" className="text-fail text-xs">
          {props.fault}
        </span>
      )}
      <Toggle on={props.onlyHits} onChange={props.onOnlyHits}>
        Only hits
      </Toggle>
      <Toggle on={props.previous} onChange={props.onPrevious}>
        Run before
      </Toggle>
      <span className="ml-auto flex items-center gap-1">
        {behind > 0 && <span className="text-ink-3 text-xs">{behind} new</span>}
        <Button
          size="sm"
          aria-label={held ? "Go on with the log" : "Pause the log"}
          icon={held ? <Play size={14} aria-hidden="true" /> : <Pause size={14} aria-hidden="true" />}
          onClick={props.onHold}
        >
          {held ? "Go on" : "Pause"}
        </Button>
        <IconButton size="sm" label="Wrap lines" aria-pressed={wrap} onClick={() => props.onWrap(!wrap)}>
          <WrapText size={16} aria-hidden="true" />
        </IconButton>
        <IconButton size="sm" label="Copy these lines" onClick={() => void copy(lines)}>
          <Copy size={16} aria-hidden="true" />
        </IconButton>
        <IconButton size="sm" label="Save these lines" onClick={() => save(lines, pod)}>
          <Download size={16} aria-hidden="true" />
        </IconButton>
      </span>
    </div>
  );
}

function Toggle({ on, onChange, children }: { on: boolean; onChange: (on: boolean) => void; children: string }) {
  return (
    <Button
      size="sm"
      variant="quiet"
      aria-pressed={on}
      className="aria-pressed:bg-accent/8 aria-pressed:text-accent"
      onClick={() => onChange(!on)}
    >
      {children}
    </Button>
  );
}

function textOf(lines: readonly NumberedLine[]): string {
  return lines
    .map(({ at, container, text }) => `${at === null ? "" : `${new Date(at).toISOString()} `}${container} ${text}\n`)
    .join("");
}

async function copy(lines: readonly NumberedLine[]): Promise<void> {
  try {
    await navigator.clipboard.writeText(textOf(lines));
    announce(`Copied ${lines.length} lines`);
  } catch {
    announce("The browser did not allow copying: save the lines instead");
  }
}

function save(lines: readonly NumberedLine[], pod: ServicePod): void {
  const url = URL.createObjectURL(new Blob([textOf(lines)], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${pod.namespace}-${pod.name}.log`;
  link.click();
  URL.revokeObjectURL(url);
}
