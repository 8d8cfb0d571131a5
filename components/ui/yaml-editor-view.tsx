"use client";
import { type Diagnostic, forceLinting, linter, lintGutter } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import type { YamlEditorProps } from "./yaml-editor";
import { editing, highlight, look } from "./yaml-extensions";
import { yamlMarks } from "./yaml-marks";

/** The editor itself; use YamlEditor, which loads it. */
export function YamlEditorView({ value, onChange, label, problems }: YamlEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const live = useRef({ onChange, problems });
  live.current = { onChange, problems };
  const first = useRef({ value, label, readOnly: onChange === undefined });

  useEffect(() => {
    if (!host.current) return;
    const { value: doc, label: name, readOnly } = first.current;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc,
        extensions: [
          lineNumbers(),
          highlight,
          editing,
          look,
          lintGutter(),
          linter((each): Diagnostic[] =>
            yamlMarks(each.state.doc.toString(), live.current.problems ?? []).map((mark) => ({
              ...mark,
              severity: "error",
            })),
          ),
          EditorView.contentAttributes.of({ "aria-label": name }),
          EditorState.readOnly.of(readOnly),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) live.current.onChange?.(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: new problems are what the marks are made again for
  useEffect(() => {
    if (view.current) forceLinting(view.current);
  }, [problems]);

  return <div ref={host} className="absolute inset-0 bg-surface" />;
}
