import type { Metadata } from "next";
import { EmbedPage } from "@/components/embeds/embed-page";

export const metadata: Metadata = { title: "Embed", robots: { index: false, follow: false } };

export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  return <EmbedPage token={token} />;
}
