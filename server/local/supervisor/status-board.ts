/** What runs and what does not, by part, in one file the dashboard reads. */
import { atomicWrite } from "@/server/platform/atomic-write";

export type PartState = "starting" | "running" | "restarting" | "failed" | "stopped";

export interface PartStatus {
  readonly name: string;
  readonly state: PartState;
  /** RFC 3339: since when it is in this state. */
  readonly since: string;
  readonly restarts: number;
  /** One sentence when something is wrong, else empty. */
  readonly message: string;
}

export interface StatusBoard {
  set(part: Omit<PartStatus, "since">): void;
  remove(name: string): void;
  parts(): readonly PartStatus[];
  /** Resolves when the file has what was set. */
  flush(): Promise<void>;
}

/** Writes `{parts: [...]}` to `path` whenever a part changes. */
export function createStatusBoard(path: string, onError: (error: unknown) => void): StatusBoard {
  const parts = new Map<string, PartStatus>();
  let writing: Promise<void> | null = null;
  let dirty = false;

  const sorted = () => [...parts.values()].sort((a, b) => a.name.localeCompare(b.name));
  const write = async () => {
    while (dirty) {
      dirty = false;
      await atomicWrite(path, `${JSON.stringify({ parts: sorted() }, null, 2)}\n`).catch(onError);
    }
    writing = null;
  };
  const changed = () => {
    dirty = true;
    writing ??= Promise.resolve().then(write);
  };

  return {
    set(part) {
      const known = parts.get(part.name);
      const same = known?.state === part.state;
      if (same && known.restarts === part.restarts && known.message === part.message) return;
      parts.set(part.name, { ...part, since: same ? known.since : new Date().toISOString() });
      changed();
    },
    remove(name) {
      if (parts.delete(name)) changed();
    },
    parts: sorted,
    flush: async () => {
      await writing;
    },
  };
}
