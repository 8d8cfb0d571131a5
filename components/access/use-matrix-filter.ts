"use client";
import { useMemo } from "react";
import { useScope } from "@/components/shell/scope";
import { useUrlState } from "@/components/shell/url-state";
import { useUrlText } from "@/components/shell/use-url-text";
import type { Access } from "@/lib/contract/access";
import type { MatrixFilter, Shown } from "./matrix";

/** From this many sources or destinations on, those without access and calls are left out unless they are asked for. */
const MANY = 40;

export interface MatrixFilterState {
  readonly filter: MatrixFilter;
  setSources(text: string): void;
  setDestinations(text: string): void;
  setShow(show: Shown): void;
  setAlsoIdle(alsoIdle: boolean): void;
}

/** What the matrix shows stands in the URL: `?sources=`, `?destinations=`, `?show=all|filled|denied`, `?idle=1`. */
export function useMatrixFilter(access: Access): MatrixFilterState {
  const { get, setUrl } = useUrlState();
  const [sources, setSources] = useUrlText("sources");
  const [destinations, setDestinations] = useUrlText("destinations");
  const namespaces = useScope();
  const usual = access.identities.length > MANY || access.destinations.length > MANY ? "filled" : "all";
  const show = readShown(get("show")) ?? usual;
  const alsoIdle = get("idle") === "1";
  const filter = useMemo(
    () => ({ sources, destinations, show, alsoIdle, namespaces }),
    [sources, destinations, show, alsoIdle, namespaces],
  );
  return {
    ...{ filter, setSources, setDestinations },
    setShow: (next) => setUrl({ show: next === usual ? null : next }),
    setAlsoIdle: (next) => setUrl({ idle: next ? "1" : null }),
  };
}

function readShown(text: string | null): Shown | null {
  return text === "all" || text === "filled" || text === "denied" ? text : null;
}
