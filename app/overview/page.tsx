import type { Metadata } from "next";
import { AskEarly } from "@/components/data/ask-early";
import { overviewPath } from "@/components/data/paths";
import { OverviewPage } from "@/components/overview/overview-page";
import { type PageQuery, readScope } from "@/components/shell/scope-values";

export const metadata: Metadata = { title: "Overview" };

export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  return (
    <>
      <AskEarly path={overviewPath(await readScope(searchParams))} />
      <OverviewPage />
    </>
  );
}
