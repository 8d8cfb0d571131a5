import type { Metadata } from "next";
import { AskEarly } from "@/components/data/ask-early";
import { SPLITS_WINDOW, splitsPath } from "@/components/data/paths";
import { type PageQuery, readScope } from "@/components/shell/scope-values";
import { SplitsPage } from "@/components/splits/splits-page";

export const metadata: Metadata = { title: "Splits" };

export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  return (
    <>
      <AskEarly path={splitsPath({ ...(await readScope(searchParams)), window: SPLITS_WINDOW })} />
      <SplitsPage />
    </>
  );
}
