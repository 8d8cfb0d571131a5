"use client";
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { startsPaused } from "@/components/settings/refresh";
import { queryKeys } from "./query-keys";
import { StreamClient, type StreamStatus } from "./stream-client";
import { applyStreamEvent } from "./stream-events";
import { type Interest, streamed, streamUrl } from "./stream-url";

interface Stream {
  readonly client: StreamClient;
  /** Adds a wish; the returned function takes it back. */
  readonly want: (interest: Interest) => () => void;
}

const StreamContext = createContext<Stream | null>(null);
const IDLE: StreamStatus = { state: "idle", lastEventAt: null, held: false };
/** Long enough that leaving one page for the next does not open two streams. */
const SETTLE_MS = 30;

export function StreamProvider({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient();
  const [wishes] = useState(() => new Set<Interest>());
  const [client] = useState(
    () =>
      new StreamClient({
        onEvent: (name, data) => applyStreamEvent(queries, streamed(wishes), { name, data }),
        now: Date.now,
        random: Math.random,
        open: (url) => new EventSource(url),
        // A stream also breaks when the session ends, and does not say so.
        onLost: () => void queries.invalidateQueries({ queryKey: queryKeys.session() }),
      }),
  );
  const stream = useMemo(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const settle = () => {
      if (timer) clearTimeout(timer);
      timer = setTimeout(() => client.setUrl(streamUrl(wishes)), SETTLE_MS);
    };
    const want = (interest: Interest) => {
      wishes.add(interest);
      settle();
      return () => {
        wishes.delete(interest);
        settle();
      };
    };
    return { client, want };
  }, [client, wishes]);

  useEffect(() => {
    if (startsPaused.read()) client.hold(true);
    const look = () => client.hide(document.hidden);
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      client.close();
    };
  }, [client]);

  return <StreamContext value={stream}>{children}</StreamContext>;
}

/** What the stream does not bring within this time is asked for. */
const FALLBACK_MS = 10_000;

/**
 * Asks the stream for a topic as long as the component is mounted; null asks for nothing. Returns the query's
 * refetchInterval: every event of the stream restarts it, so it polls only while the stream brings nothing.
 */
export function useInterest(topic: Interest["topic"], value: string | null): number | false {
  const stream = useContext(StreamContext);
  useEffect(() => {
    if (!stream || value === null) return;
    return stream.want({ topic, value });
  }, [stream, topic, value]);
  const held = useHeld();
  return held || value === null ? false : FALLBACK_MS;
}

/** Whether the reader paused: what is shown stays. */
export function useHeld(): boolean {
  const stream = useContext(StreamContext);
  return useSyncExternalStore(
    stream?.client.subscribe ?? nothing,
    () => stream?.client.status.held ?? false,
    () => false,
  );
}

/** How live the data is, and the reader's pause. Re-renders on every event: for the live dot, not for whole pages. */
export function useStream(): StreamStatus & { readonly hold: (held: boolean) => void } {
  const stream = useContext(StreamContext);
  const status = useSyncExternalStore(
    stream?.client.subscribe ?? nothing,
    () => stream?.client.status ?? IDLE,
    () => IDLE,
  );
  return useMemo(() => ({ ...status, hold: (held: boolean) => stream?.client.hold(held) }), [status, stream]);
}

function nothing(): () => void {
  return () => {};
}
