/** An answer's text that many readers get, written once. */
import { inSlices } from "@/server/platform/in-slices";
import { jsonSteps } from "@/server/platform/json-steps";

export class SharedText {
  constructor(readonly bytes: Buffer) {}
}

/** `data` as JSON, without keeping others waiting. */
export async function sharedText(data: object): Promise<SharedText> {
  return new SharedText(await inSlices(jsonSteps(data)));
}
