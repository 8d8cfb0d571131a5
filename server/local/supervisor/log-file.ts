/** One log of one process: timestamped lines in a file of bounded size, readable and followable while it is written. */
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";

export interface LogLine {
  /** Unix milliseconds. */
  readonly at: number;
  readonly text: string;
}

const MAX_BYTES = 4 * 1024 * 1024;

/** At most twice `maxBytes` on disk: the file and the one before it (`path.1`). */
export class LogFile {
  readonly #path: string;
  readonly #maxBytes: number;
  readonly #followers = new Set<(line: LogLine) => void>();
  #descriptor: number | null = null;
  #size = 0;

  constructor(path: string, maxBytes = MAX_BYTES) {
    this.#path = path;
    this.#maxBytes = maxBytes;
  }

  /** Never throws: a full disk costs log lines, not the process that is logged. */
  append(text: string): void {
    const line = { at: Date.now(), text };
    try {
      const bytes = `${new Date(line.at).toISOString()} ${text}\n`;
      this.#size += writeSync(this.#open(), bytes);
      if (this.#size > this.#maxBytes) this.#rotate();
    } catch {
      this.close();
    }
    for (const follower of this.#followers) follower(line);
  }

  /** All lines that are kept, oldest first. */
  read(): LogLine[] {
    return [...readLines(`${this.#path}.1`), ...readLines(this.#path)];
  }

  /** Calls `onLine` for every line from now on. Returns how to stop. */
  follow(onLine: (line: LogLine) => void): () => void {
    this.#followers.add(onLine);
    return () => this.#followers.delete(onLine);
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }

  #open(): number {
    if (this.#descriptor === null) {
      mkdirSync(dirname(this.#path), { recursive: true });
      this.#descriptor = openSync(this.#path, "a", 0o600);
      this.#size = statSync(this.#path).size;
    }
    return this.#descriptor;
  }

  #rotate(): void {
    this.close();
    renameSync(this.#path, `${this.#path}.1`);
  }
}

function readLines(path: string): LogLine[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return [];
  }
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => {
    const space = line.indexOf(" ");
    const at = Date.parse(line.slice(0, space));
    return Number.isNaN(at) ? { at: 0, text: line } : { at, text: line.slice(space + 1) };
  });
}
