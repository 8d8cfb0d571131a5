import type { CoverageBody } from "@/lib/contract/coverage";
import { webContext } from "./context";
import { coverageBodyOf } from "./coverage";

/** The policy of now held against the last hour, which is read at most every 30 s for all who look. */
export async function showCoverage(): Promise<CoverageBody> {
  const { mesh, hour } = webContext();
  const [view, usage] = await Promise.all([mesh(), hour.read()]);
  return coverageBodyOf(view, usage);
}
