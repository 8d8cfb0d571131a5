import type { Namespaces } from "@/lib/contract/namespaces";
import { webContext } from "./context";
import { namespacesOf } from "./namespaces";

export async function showNamespaces(): Promise<Namespaces> {
  const { mesh, settings } = webContext();
  return namespacesOf(await mesh(), settings);
}
