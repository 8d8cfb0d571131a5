import type { z } from "zod";
import type { WhatIfResult, WhatIfSchema } from "@/lib/contract/what-if";
import { webContext } from "./context";

/** Judged by the calls of the last minute. */
export async function showWhatIf(change: z.output<typeof WhatIfSchema>): Promise<WhatIfResult> {
  return webContext().whatIf(change);
}
