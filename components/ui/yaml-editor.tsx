"use client";
import dynamic from "next/dynamic";
import { Skeleton } from "./skeleton";

export interface YamlEditorProps {
  value: string;
  /** Without it the text is read-only. */
  onChange?: (value: string) => void;
  /** The accessible name: "TrafficTarget as YAML". */
  label: string;
  /** Marked at the field they name, with the sentence on hover and in the gutter. Syntax errors are marked by themselves. */
  problems?: readonly { field: string; message: string }[];
  /** Lines in sight, 12 if not said; the editor scrolls beyond. */
  lines?: number;
}

const View = dynamic(() => import("./yaml-editor-view").then((module) => module.YamlEditorView), { ssr: false });

/** YAML with highlighting and marks by field path, in both themes. The editor's code is loaded when it first shows. */
export function YamlEditor(props: YamlEditorProps) {
  const height = (props.lines ?? 12) * 20 + 8;
  return (
    <div className="relative overflow-hidden rounded-md border border-line-strong" style={{ height }}>
      <div className="absolute inset-0 p-3">
        <Skeleton className="h-3 w-48" />
      </div>
      <View {...props} />
    </div>
  );
}
