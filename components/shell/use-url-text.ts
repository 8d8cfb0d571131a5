"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { useUrlState } from "./url-state";

/** Browsers let a page change its address only so often: while one types, it follows in steps. */
const FOLLOW_MS = 200;

/** Text as it is typed, and the parameter of the URL that follows it. A URL that changes by itself (Back, a link) is taken over. */
export function useUrlText(name: string): readonly [string, (text: string) => void] {
  const { get, setUrl } = useUrlState();
  const inUrl = get(name) ?? "";
  const [text, setText] = useState(inUrl);
  const written = useRef(inUrl);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    // The URL lags behind the keys: an older text of our own is no news.
    if (inUrl === written.current) return;
    clearTimeout(timer.current);
    written.current = inUrl;
    setText(inUrl);
  }, [inUrl]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = useCallback(
    (next: string) => {
      setText(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        written.current = next;
        setUrl({ [name]: next === "" ? null : next });
      }, FOLLOW_MS);
    },
    [name, setUrl],
  );
  return [text, change];
}
