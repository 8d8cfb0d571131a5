/** Logs of containers, one file per run, and how `kubectl logs` reads them. */
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { LogFile, type LogLine } from "../supervisor/log-file";

export interface LogRequest {
  readonly tailLines?: number | undefined;
  readonly sinceSeconds?: number | undefined;
  readonly previous?: boolean | undefined;
  readonly timestamps?: boolean | undefined;
}

interface ContainerLogs {
  readonly current: LogFile;
  readonly run: number;
  /** The run has ended and the next has not begun: then it is the previous one, as for a kubelet. */
  ended: boolean;
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
    this.#open.set(key, { current, run, ended: false });
    const old = this.#path(podUid, container, run - KEPT_RUNS);
    for (const path of [old, `${old}.1`]) void rm(path, { force: true });
    return current;
  }

  end(podUid: string, container: string): void {
    const logs = this.#open.get(`${podUid}/${container}`);
    if (logs) logs.ended = true;
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

  /** What the container, or its run before this one, wrote; null when there is no such log. */
  text(podUid: string, container: string, request: LogRequest): string | null {
    const logs = this.#open.get(`${podUid}/${container}`);
    if (!logs) return null;
    if (!request.previous || logs.ended) return choose(logs.current.read(), request).map(shown(request)).join("");
    const path = this.#path(podUid, container, logs.run - 1);
    if (!existsSync(path)) return null;
    return choose(new LogFile(path).read(), request).map(shown(request)).join("");
  }

  /** What the container wrote and then each line as it comes, until it is started again or its pod has gone. */
  async *follow(podUid: string, container: string, request: LogRequest): AsyncGenerator<string> {
    const file = this.#open.get(`${podUid}/${container}`)?.current;
    if (!file) return;
    const waiting: LogLine[] = [];
    let wake: () => void = () => {};
    const stop = file.follow((line) => {
      waiting.push(line);
      wake();
    });
    try {
      yield choose(file.read(), request).map(shown(request)).join("");
      for (;;) {
        yield waiting.splice(0).map(shown(request)).join("");
        if (this.#open.get(`${podUid}/${container}`)?.current !== file) return;
        if (waiting.length > 0) continue;
        await new Promise<void>((resolve) => {
          wake = resolve;
          // The reader may have gone, or the pod have ended, without another line.
          setTimeout(resolve, 1000).unref();
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

function shown({ timestamps }: LogRequest): (line: LogLine) => string {
  return (line) => `${timestamps ? `${new Date(line.at).toISOString()} ` : ""}${line.text}\n`;
}

function choose(lines: readonly LogLine[], { tailLines, sinceSeconds }: LogRequest): readonly LogLine[] {
  const from = sinceSeconds === undefined ? 0 : Date.now() - sinceSeconds * 1000;
  const recent = lines.filter((line) => line.at >= from);
  return tailLines === undefined ? recent : tailLines === 0 ? [] : recent.slice(-tailLines);
}
