import { type ChangeSet, EditorState, type Extension, StateEffect, StateField, Transaction } from "@codemirror/state";
import { Decoration, EditorView, keymap, MatchDecorator, ViewPlugin, type ViewUpdate } from "@codemirror/view";

const KEY = Decoration.mark({ class: "cm-yaml-key" });
const COMMENT = Decoration.mark({ class: "cm-yaml-comment" });

// Names and comments apart from values: what YAML needs to be read, without a grammar to load.
const names = new MatchDecorator({
  regexp: /^\s*(?:- )*("[^"]*"|[\w./-]+)(?=:(?:\s|$))|(?:^|\s)#.*$/gm,
  decorate: (add, from, to, match) => {
    if (match[1] === undefined) add(from, to, COMMENT);
    else add(to - match[1].length, to, KEY);
  },
});

export const highlight: Extension = ViewPlugin.fromClass(
  class {
    decorations;
    constructor(view: EditorView) {
      this.decorations = names.createDeco(view);
    }
    update(update: ViewUpdate) {
      this.decorations = names.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

interface Past {
  readonly undo: readonly ChangeSet[];
  readonly redo: readonly ChangeSet[];
}
const stepped = StateEffect.define<"undo" | "redo">();
const MAX_STEPS = 200;

const past = StateField.define<Past>({
  create: () => ({ undo: [], redo: [] }),
  update(value, transaction) {
    if (!transaction.docChanged) return value;
    const back = transaction.changes.invert(transaction.startState.doc);
    const step = transaction.effects.find((effect) => effect.is(stepped))?.value;
    if (step === "undo") return { undo: value.undo.slice(0, -1), redo: [...value.redo, back] };
    if (step === "redo") return { undo: [...value.undo, back], redo: value.redo.slice(0, -1) };
    return { undo: [...value.undo, back].slice(-MAX_STEPS), redo: [] };
  },
});

function step(kind: "undo" | "redo") {
  return (view: EditorView): boolean => {
    const changes = view.state.field(past)[kind].at(-1);
    if (!changes || view.state.readOnly) return false;
    view.dispatch({ changes, effects: stepped.of(kind), annotations: Transaction.userEvent.of(kind) });
    return true;
  };
}

/** Undo and redo, and Enter keeping the indent. Tab stays the browser's: an editor must not be a keyboard trap. */
export const editing: Extension = [
  past,
  keymap.of([
    { key: "Mod-z", run: step("undo"), preventDefault: true },
    { key: "Mod-y", mac: "Mod-Shift-z", run: step("redo"), preventDefault: true },
    {
      key: "Enter",
      run: (view) => {
        if (view.state.readOnly) return false;
        const { from } = view.state.selection.main;
        const indent = /^ *(?:- )?/.exec(view.state.doc.lineAt(from).text)?.[0].replace("-", " ") ?? "";
        view.dispatch(view.state.replaceSelection(`\n${indent}`), { scrollIntoView: true });
        return true;
      },
    },
  ]),
  EditorState.tabSize.of(2),
];

export const look: Extension = EditorView.theme({
  "&": { height: "100%", fontSize: "12px", backgroundColor: "var(--color-surface)", color: "var(--color-ink)" },
  ".cm-content": { fontFamily: "var(--font-mono)", lineHeight: "20px", caretColor: "var(--color-ink)" },
  ".cm-gutters": { backgroundColor: "var(--color-surface)", border: "none", color: "var(--color-ink-3)" },
  "&.cm-focused": { outline: "2px solid var(--color-accent)", outlineOffset: "-2px" },
  ".cm-tooltip": {
    backgroundColor: "var(--color-surface)",
    color: "var(--color-ink)",
    border: "1px solid var(--color-line)",
    borderRadius: "6px",
  },
  ".cm-diagnostic-error": { borderLeft: "3px solid var(--color-fail)" },
  ".cm-yaml-key": { color: "var(--color-accent)" },
  ".cm-yaml-comment": { color: "var(--color-ink-3)" },
});
