import type { Health } from "@/lib/contract/health";
import { webContext } from "./context";

export async function showHealth(): Promise<Health> {
  return (await webContext().health.get(0)).health;
}
