/** How the last attempt to sign in ended, in the page's address: sealed, so that no link makes the page say what others wrote. */
import { z } from "zod";
import { seal, unseal } from "./seal";

const LastAttemptSchema = z.object({
  attempt: z.object({
    message: z.string(),
    hint: z.string(),
    /** It ended so because of the token. */
    wrongToken: z.boolean(),
  }),
});

export type LastAttempt = z.infer<typeof LastAttemptSchema>["attempt"];

export function sealAttempt(attempt: LastAttempt, key: Buffer): string {
  return seal(JSON.stringify({ attempt }), key);
}

/** null for what we did not write. */
export function readAttempt(sealed: string | null, key: Buffer | null): LastAttempt | null {
  const text = sealed === null || key === null ? null : unseal(sealed, key);
  if (text === null) return null;
  return LastAttemptSchema.safeParse(JSON.parse(text)).data?.attempt ?? null;
}
