import type { z } from "zod";
import type { WhatIfResult, WhatIfSchema } from "@/lib/contract/what-if";
import { webContext } from "./context";
import { whatIf } from "./what-if";

const WINDOW_SECONDS = 60;

/** Judged by the calls of the last minute. */
export async function showWhatIf(change: z.output<typeof WhatIfSchema>): Promise<WhatIfResult> {
  const { frames, controller, settings } = webContext();
  const [frame, facts] = await Promise.all([frames.get(WINDOW_SECONDS), controller.read()]);
  return whatIf(change, { frame, names: settings, calls: facts.calls });
}
