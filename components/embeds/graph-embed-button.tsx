"use client";
import { useScope, useWindow } from "@/components/shell/scope";
import { EmbedButton } from "./embed-button";

/** A link to the graph as it is scoped: its namespaces and its window. */
export function GraphEmbedButton() {
  const namespaces = [...(useScope() ?? [])].slice(0, 20);
  return <EmbedButton label="Embed the graph" view={{ kind: "graph", namespaces, window: useWindow() }} />;
}
