"use client";
import { useUrlState } from "@/components/shell/url-state";
import { type Narrowing, parseNarrowing } from "@/lib/mesh/narrowing";

export interface Selection {
  /** `source>destination` of the open cell. */
  readonly cell: string | null;
  /** `Kind/namespace/name` of the open policy. */
  readonly policy: string | null;
  /** How the open policy is to be made narrower: the draft begins with it. */
  readonly narrowing: Narrowing | null;
  openCell(key: string): void;
  openPolicy(key: string): void;
  clear(): void;
}

/** What is open stands in the URL, so it can be sent to a colleague and Back closes it. */
export function useSelection(): Selection {
  const { get, setUrl } = useUrlState();
  return {
    cell: get("cell"),
    policy: get("policy"),
    narrowing: parseNarrowing(get("narrow") ?? ""),
    openCell: (cell) => setUrl({ cell, policy: null, narrow: null }, "push"),
    openPolicy: (policy) => setUrl({ policy, cell: null, narrow: null }, "push"),
    clear: () => setUrl({ cell: null, policy: null, narrow: null }, "push"),
  };
}
