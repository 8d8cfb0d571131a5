"use client";
import { useShortcuts } from "@/components/keys/use-shortcuts";
import { useUrlState } from "@/components/shell/url-state";
import { METRICS } from "@/lib/picture/metric";

interface GraphKeys {
  readonly table: boolean;
  /** Escape leaves the focus. */
  readonly isFocused: boolean;
  readonly toSearch: () => void;
  readonly arrange: () => void;
  readonly leaveFocus: () => void;
}

/** The graph's keys, and its commands in the palette. */
export function useGraphShortcuts({ table, isFocused, toSearch, arrange, leaveFocus }: GraphKeys): void {
  const { setUrl } = useUrlState();
  useShortcuts([
    { keys: "/", label: "Find in the graph", group: "Graph", run: toSearch },
    { keys: "f", label: "Find services", group: "Graph", run: toSearch },
    {
      keys: "t",
      label: table ? "Show the picture" : "Show the table",
      group: "Graph",
      run: () => setUrl({ view: table ? null : "table" }),
    },
    ...(isFocused ? [{ keys: "Esc", label: "Leave the focus", group: "Graph", run: leaveFocus }] : []),
    { keys: "", label: "Arrange the graph", group: "Graph", run: arrange },
    {
      keys: "",
      label: "Show namespaces folded",
      group: "Graph",
      run: () => setUrl({ level: "namespaces", open: null }),
    },
    { keys: "", label: "Show services", group: "Graph", run: () => setUrl({ level: "services", open: null }) },
    { keys: "", label: "Show workloads", group: "Graph", run: () => setUrl({ level: "workloads", open: null }) },
    { keys: "", label: "Show only what has problems", group: "Graph", run: () => setUrl({ problems: "only" }) },
    ...METRICS.map((each) => ({
      keys: "",
      label: `Label edges: ${each.label}`,
      group: "Graph",
      run: () => setUrl({ metric: each.value }),
    })),
  ]);
}
