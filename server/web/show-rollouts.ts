import type { Rollouts } from "@/lib/contract/namespaces";
import { webContext } from "./context";
import { readRollouts, restartAll } from "./rollouts";

export async function showRollouts(namespace: string, signal: AbortSignal): Promise<Rollouts> {
  const { client, mesh } = webContext();
  return readRollouts(client(), { namespace, pods: (await mesh()).objects.pods, signal });
}

export async function restartRollouts(namespace: string): Promise<Rollouts> {
  const { client, mesh } = webContext();
  return restartAll(client(), { namespace, pods: (await mesh()).objects.pods, now: new Date() });
}
