import type { Metadata } from "next";
import { AccessPage } from "@/components/access/access-page";
import { AskEarly } from "@/components/data/ask-early";
import { accessPath } from "@/components/data/paths";
import { type PageQuery, readScope } from "@/components/shell/scope-values";

export const metadata: Metadata = { title: "Access" };

export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  return (
    <>
      <AskEarly path={accessPath(await readScope(searchParams))} />
      <AccessPage />
    </>
  );
}
