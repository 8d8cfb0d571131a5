"use client";
import { useEffect, useRef, useState } from "react";
import { EMPTY_BOOK, type LogBook, withLines } from "@/lib/logs/book";
import type { LogLine } from "@/lib/logs/line";
import type { ApiError } from "./api-error";
import { readLog } from "./log-reader";

export interface LogState {
  readonly book: LogBook;
  /** By container. `reading`: what is written comes by itself. */
  readonly containers: Readonly<
    Record<string, { readonly state: "reading" | "ended" | "failed"; readonly error: ApiError | null }>
  >;
  /** Reads again from where the container is now. */
  readonly again: () => void;
}

export interface LogsAsked {
  readonly namespace: string;
  readonly pod: string;
  readonly containers: readonly string[];
  readonly previous: boolean;
  /** Changes when a container is started again: then its log is read anew. */
  readonly run: string;
}

const TAIL_LINES = 500;
/** Lines are shown a few times a second, however fast they come. */
const BATCH_MS = 200;

/** The logs of some containers of a pod in one book, followed as they are written. */
export function useLogs({ namespace, pod, containers, previous, run }: LogsAsked): LogState {
  const [book, setBook] = useState<LogBook>(EMPTY_BOOK);
  const [states, setStates] = useState<LogState["containers"]>({});
  const [round, setRound] = useState(0);
  const waiting = useRef<LogLine[]>([]);
  const names = containers.join(",");

  // biome-ignore lint/correctness/useExhaustiveDependencies: another round or run reads the same anew
  useEffect(() => {
    setBook(EMPTY_BOOK);
    setStates({});
    waiting.current = [];
    const end = new AbortController();
    const flush = setInterval(() => {
      const lines = waiting.current.splice(0);
      if (lines.length > 0) setBook((known) => withLines(known, lines));
    }, BATCH_MS);
    const set = (container: string, state: LogState["containers"][string]) => {
      if (!end.signal.aborted) setStates((known) => ({ ...known, [container]: state }));
    };
    for (const container of names === "" ? [] : names.split(",")) {
      set(container, { state: "reading", error: null });
      const onLines = (lines: readonly LogLine[]) => {
        waiting.current.push(...lines);
      };
      const asked = { namespace, pod, container, previous, tailLines: TAIL_LINES };
      readLog(asked, { onLines, signal: end.signal }).then(
        () => set(container, { state: "ended", error: null }),
        (error: ApiError) => set(container, { state: "failed", error }),
      );
    }
    return () => {
      end.abort();
      clearInterval(flush);
    };
  }, [namespace, pod, names, previous, run, round]);

  return { book, containers: states, again: () => setRound((before) => before + 1) };
}
