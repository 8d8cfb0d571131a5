import type { Metadata } from "next";
import { AskEarly } from "@/components/data/ask-early";
import { securityPath } from "@/components/data/paths";
import { SecurityPage } from "@/components/security/security-page";
import { type PageQuery, readScope } from "@/components/shell/scope-values";

export const metadata: Metadata = { title: "Security" };

export default async function Page({ searchParams }: { searchParams: PageQuery }) {
  return (
    <>
      <AskEarly path={securityPath(await readScope(searchParams))} />
      <SecurityPage />
    </>
  );
}
