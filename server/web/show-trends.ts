import type { ServiceTrends } from "@/lib/contract/services";
import { webContext } from "./context";

export async function showServiceTrends(): Promise<ServiceTrends> {
  return webContext().trends.get(0);
}
