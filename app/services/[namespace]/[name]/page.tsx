import type { Metadata } from "next";
import { ServicePage } from "@/components/services/service-page";
import { nodeId } from "@/lib/kube/refs";

interface PageProps {
  params: Promise<{ namespace: string; name: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { namespace, name } = await params;
  return { title: `${decodeURIComponent(namespace)}/${decodeURIComponent(name)}` };
}

export default async function Page({ params }: PageProps) {
  const { namespace, name } = await params;
  return (
    <ServicePage
      id={nodeId({ namespace: decodeURIComponent(namespace), kind: "service", name: decodeURIComponent(name) })}
    />
  );
}
