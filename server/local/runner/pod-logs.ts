/** Logs of containers, one file per run, and how `kubectl logs` reads them. */
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@/lib/contract/errors";
import { LogFile, type LogLine } from "../supervisor/log-file";

export interface LogRequest {
  readonly namespace: string;
  readonly name: string;
  readonly container?: string | undefined;
  readonly tailLines?: number | undefined;
  readonly sinceSeconds?: number | undefined;
  readonly follow?: boolean | undefined;
  readonly previous?: boolean | undefined;
  readonly timestamps?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface ContainerLogs {
  current: LogFile;
  run: number;
}

/** Runs of a container whose logs are kept: the present one and the one before. */
const KEPT_RUNS = 2;

export class PodLogs {
  readonly #folder: string;
  readonly #open = new Map<string, ContainerLogs>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The log of a container's run; an older run's is closed, and all but the last are removed. */
  begin(podUid: string, container: string, run: number): LogFile {
    const key = `${podUid}/${container}`;
    this.#open.get(key)?.current.close();
    const current = new LogFile(this.#path(podUid, container, run));
    this.#open.set(key, { current, run });
    for (const path of [this.#path(podUid, container, run - KEPT_RUNS)]) {
      void rm(path, { force: true });
      void rm(`${path}.1`, { force: true });
    }
    return current;
  }

  /** Everything a pod wrote is removed with it. */
  async remove(podUid: string): Promise<void> {
    for (const [key, { current }] of this.#open) {
      if (!key.startsWith(`${podUid}/`)) continue;
      current.close();
      this.#open.delete(key);
    }
    await rm(join(this.#folder, podUid), { recursive: true, force: true });
  }

  /** Lines with their newline. Throws an AppError when there is no such log. */
  async *read(podUid: string, container: string, request: LogRequest): AsyncGenerator<string> {
    const logs = this.#open.get(`${podUid}/${container}`);
    const wanted = request.previous ? (logs?.run ?? 0) - 1 : (logs?.run ?? -1);
    const path = this.#path(podUid, container, wanted);
    if (!logs || (request.previous && !existsSync(path))) {
      const which = request.previous ? "previous terminated container" : "container";
      throw new AppError(
        "invalid_request",
        `${which} "${container}" in pod "${request.name}" not found: it has no log`,
      );
    }
    const show = (line: LogLine) => `${request.timestamps ? `${new Date(line.at).toISOString()} ` : ""}${line.text}\n`;
    if (request.previous) {
      for (const line of choose(new LogFile(path).read(), request)) yield show(line);
      return;
    }
    const file = logs.current;
    const waiting: LogLine[] = [];
    let wake: () => void = () => {};
    const stop = request.follow
      ? file.follow((line) => {
          waiting.push(line);
          wake();
        })
      : () => {};
    try {
      for (const line of choose(file.read(), request)) yield show(line);
      while (request.follow && !request.signal?.aborted) {
        for (const line of waiting.splice(0)) yield show(line);
        if (this.#open.get(`${podUid}/${container}`)?.current !== file) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
          request.signal?.addEventListener("abort", () => resolve(), { once: true });
          // The pod may end without another line.
          setTimeout(resolve, 1000);
        });
      }
    } finally {
      stop();
    }
  }

  #path(podUid: string, container: string, run: number): string {
    return join(this.#folder, podUid, `${container}.${run}.log`);
  }
}

function choose(lines: readonly LogLine[], { tailLines, sinceSeconds }: LogRequest): readonly LogLine[] {
  const from = sinceSeconds === undefined ? 0 : Date.now() - sinceSeconds * 1000;
  const recent = lines.filter((line) => line.at >= from);
  return tailLines === undefined ? recent : tailLines === 0 ? [] : recent.slice(-tailLines);
}
