import type { Metadata } from "next";
import { ServicePage } from "@/components/services/service-page";
import { nodeId } from "@/lib/kube/refs";

/** A workload's page is `/services/NAMESPACE/KIND/NAME`; the folder of a service's page already calls the second part `name`. */
interface PageProps {
  params: Promise<{ namespace: string; name: string; workload: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { namespace, workload } = await params;
  return { title: `${decodeURIComponent(namespace)}/${decodeURIComponent(workload)}` };
}

export default async function Page({ params }: PageProps) {
  const { namespace, name: kind, workload } = await params;
  return (
    <ServicePage
      id={nodeId({
        namespace: decodeURIComponent(namespace),
        kind: decodeURIComponent(kind),
        name: decodeURIComponent(workload),
      })}
    />
  );
}
