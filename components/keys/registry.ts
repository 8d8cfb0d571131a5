/** One registry of shortcuts: what `?` shows, what the palette lists and what the keyboard does are the same list. */
export interface Shortcut {
  /** Keys in order with a space between: `g p`, `/`, `Esc`. Empty: only in the palette. */
  readonly keys: string;
  /** What it does: "Go to Splits". Unique; a later registration of the same label takes its place. */
  readonly label: string;
  /** Heading in help and palette. */
  readonly group: string;
  readonly run: () => void;
}

type Listener = () => void;

export class ShortcutRegistry {
  #layers: readonly (readonly Shortcut[])[] = [];
  #all: readonly Shortcut[] = [];
  readonly #listeners = new Set<Listener>();

  /** Adds shortcuts for as long as a page or part is shown. Returns the way to take them out. */
  add(shortcuts: readonly Shortcut[]): () => void {
    this.#set([...this.#layers, shortcuts]);
    return () => this.#set(this.#layers.filter((layer) => layer !== shortcuts));
  }

  /** Everything there is; of two with one label the later. */
  all = (): readonly Shortcut[] => this.#all;

  subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #set(layers: readonly (readonly Shortcut[])[]): void {
    this.#layers = layers;
    const byLabel = new Map(layers.flat().map((shortcut) => [shortcut.label, shortcut]));
    this.#all = [...byLabel.values()];
    for (const listener of this.#listeners) listener();
  }
}

export interface KeyMatch {
  /** What to run; the latest registered of those with these keys. */
  readonly shortcut: Shortcut | null;
  /** Keys pressed so far that still may become a longer shortcut: `g`. */
  readonly pending: string;
}

/** What pressing `key` means after the `pending` keys. */
export function matchKey(shortcuts: readonly Shortcut[], pending: string, key: string): KeyMatch {
  const pressed = pending === "" ? key : `${pending} ${key}`;
  const shortcut = shortcuts.findLast((each) => each.keys === pressed);
  if (shortcut) return { shortcut, pending: "" };
  if (shortcuts.some((each) => each.keys.startsWith(`${pressed} `))) return { shortcut: null, pending: pressed };
  // `g` then something unknown: the second key may begin or be a shortcut of its own.
  return pending === "" ? { shortcut: null, pending: "" } : matchKey(shortcuts, "", key);
}
