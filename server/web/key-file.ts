/** Secrets are files: replicas share them, and they are in no process listing. */
import { readFileSync } from "node:fs";

export const LEAST_KEY_CHARACTERS = 32;

/** The key in a file, or why it cannot be used, as the end of a sentence. */
export function readKeyFile(path: string): Buffer | { readonly why: string } {
  let key: Buffer;
  try {
    key = Buffer.from(readFileSync(path, "utf8").trim());
  } catch (cause) {
    return { why: `the key file cannot be read (${cause instanceof Error ? cause.message : String(cause)})` };
  }
  if (key.length < LEAST_KEY_CHARACTERS)
    return { why: `the key file has fewer than ${LEAST_KEY_CHARACTERS} characters` };
  return key;
}
