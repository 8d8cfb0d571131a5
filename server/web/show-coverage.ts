import type { CoverageBody } from "@/lib/contract/coverage";
import { webContext } from "./context";

/** The policy of now held against the last hour, which is read at most every 30 s for all who look. */
export async function showCoverage(): Promise<CoverageBody> {
  return webContext().coverage();
}
