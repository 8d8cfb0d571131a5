/** The store on disk: one file, written anew beside the old one and renamed over it, so that a reader never sees half a state. */
import { mkdirSync, readFileSync, renameSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@/lib/contract/errors";
import { isObject, type JsonObject, type Stored } from "../object";
import type { Store, StoreContent } from "./store";

const FILE = "state.json";
const FORMAT = 1;
const QUIET_MS = 150;
/** After an end that was not clean, revisions jump ahead of any that a client may have seen and the file does not hold. */
const UNCLEAN_JUMP = 1000;

export interface Loaded {
  readonly content: StoreContent;
  /** What a person should know: a file that could not be read was set aside. */
  readonly warnings: readonly string[];
}

function parse(text: string): { content: StoreContent; clean: boolean } {
  const file: unknown = JSON.parse(text);
  if (!isObject(file) || file.format !== FORMAT || typeof file.revision !== "number" || !isObject(file.tables))
    throw new Error("it is not a state file");
  const tables = new Map<string, JsonObject[]>();
  for (const [key, objects] of Object.entries(file.tables)) {
    if (!Array.isArray(objects)) throw new Error(`table ${key} is not a list`);
    const good = objects.filter(
      (one) => isObject(one) && isObject(one.metadata) && typeof one.metadata.name === "string",
    );
    if (good.length !== objects.length) throw new Error(`table ${key} holds something that is not an object`);
    tables.set(key, good as JsonObject[]);
  }
  return { content: { revision: file.revision, tables }, clean: file.clean === true };
}

const EMPTY: StoreContent = { revision: 0, tables: new Map() };

/** Reads what an earlier run left. A torn or foreign file is renamed, never overwritten. Throws an AppError when the folder cannot be used. */
export function loadSnapshot(folder: string, now: Date): Loaded {
  const path = join(folder, FILE);
  let text: string;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { content: EMPTY, warnings: [] };
    throw unusable(folder, error);
  }
  try {
    const { content, clean } = parse(text);
    return { content: clean ? content : { ...content, revision: content.revision + UNCLEAN_JUMP }, warnings: [] };
  } catch (error) {
    const aside = `${path}.corrupt-${now.toISOString().replaceAll(":", "-")}`;
    try {
      renameSync(path, aside);
    } catch (failure) {
      throw unusable(folder, failure);
    }
    const why = error instanceof Error ? error.message : String(error);
    // Revisions of the lost state are unknown; the clock is ahead of any counter.
    const content = { revision: Math.floor(now.getTime() / 1000), tables: new Map() };
    return {
      content,
      warnings: [
        `The saved state of the local Kubernetes API could not be read (${why}); it was kept as ${aside} and the API starts empty.`,
      ],
    };
  }
}

function unusable(folder: string, error: unknown): AppError {
  const why = error instanceof Error ? error.message : String(error);
  return new AppError("internal", `The local Kubernetes API cannot keep its state in ${folder}: ${why}.`, {
    hint: "Choose a folder that can be written to with --data-dir.",
    cause: error,
  });
}

export interface Snapshotter {
  /** Marks the state as in use, and finds out whether the folder can be written to. Throws an AppError. */
  open(): Promise<void>;
  /** Something changed: write soon. */
  touch(): void;
  /** Writes what is not yet written and stops. */
  close(): Promise<void>;
}

/** Writes the store a little after it changed, and less often when writing takes long. */
export function createSnapshotter(
  folder: string,
  store: Store,
  textOf: (object: Stored) => string,
  onError: (error: unknown) => void,
): Snapshotter {
  const path = join(folder, FILE);
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();
  let pause = QUIET_MS;

  function serialise(clean: boolean): string {
    const tables = [...store.tables()].map(
      ([key, objects]) => `${JSON.stringify(key)}:[\n${[...objects].map(textOf).join(",\n")}\n]`,
    );
    return `{"format":${FORMAT},"clean":${clean},"revision":${store.revision},"tables":{${tables.join(",\n")}}}\n`;
  }

  async function write(clean: boolean): Promise<void> {
    const started = performance.now();
    const partial = `${path}.partial`;
    const file = await open(partial, "w", 0o600);
    try {
      await file.writeFile(serialise(clean));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
    pause = Math.max(QUIET_MS, (performance.now() - started) * 10);
  }

  return {
    async open() {
      try {
        await write(false);
      } catch (error) {
        throw unusable(folder, error);
      }
    },
    touch() {
      timer ??= setTimeout(() => {
        timer = null;
        writing = writing.then(() => write(false)).catch(onError);
      }, pause).unref();
    },
    async close() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      await writing;
      await write(true).catch(onError);
    },
  };
}
