import type { Metadata } from "next";
import { AskEarly } from "@/components/data/ask-early";
import { topologyPath } from "@/components/data/paths";
import { GraphPage } from "@/components/graph/graph-page";
import { type PageQuery, readScope } from "@/components/shell/scope-values";

export const metadata: Metadata = { title: "Graph" };

export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  return (
    <>
      <AskEarly path={topologyPath(await readScope(searchParams))} />
      <GraphPage />
    </>
  );
}
