"use client";
import { useEffect } from "react";
import { getJson } from "@/components/data/request";

/**
 * Goes on at once when one is signed in already. A link from another site comes here without the cookie (SameSite=Strict);
 * this page's own question carries it.
 */
export function GoOn({ to }: { to: string }) {
  useEffect(() => {
    const gone = new AbortController();
    getJson("session", "/api/session", gone.signal).then(
      ({ user }) => {
        if (user !== null) window.location.replace(to);
      },
      () => undefined,
    );
    return () => gone.abort();
  }, [to]);
  return null;
}
