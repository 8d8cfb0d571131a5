"use client";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { CallStore, type CallsState } from "./call-store";
import { withQuery } from "./request";

/** Calls as they are told, of everything (null) or from and to one service or workload. A hidden page asks for none. */
export function useCalls(about: string | null): CallsState {
  const store = useMemo(() => new CallStore(() => new EventSource(withQuery("/api/calls/stream", { about }))), [about]);
  useEffect(() => {
    let stop = document.hidden ? null : store.start();
    const look = () => {
      if (!document.hidden) stop ??= store.start();
      else {
        stop?.();
        stop = null;
      }
    };
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      stop?.();
    };
  }, [store]);
  return useSyncExternalStore(store.subscribe, store.state, store.state);
}
