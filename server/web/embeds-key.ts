/** The key that signs embeds: a file, so that replicas share it and it is in no process listing. */
import { readFileSync } from "node:fs";
import { AppError } from "@/lib/contract/errors";
import { readSettings } from "./settings";

const LEAST_BYTES = 32;
let known: Buffer | null = null;

/** Throws `unprocessable` when embeds are off, with how to turn them on. Read once a key was found. */
export function embedKey(): Buffer {
  known ??= readKey(readSettings(process.env).embedKeyFile);
  return known;
}

export function readKey(path: string | null): Buffer {
  if (path === null) throw off("no key to sign links with is configured");
  let key: Buffer;
  try {
    key = Buffer.from(readFileSync(path, "utf8").trim());
  } catch (cause) {
    throw off(`the key file cannot be read (${cause instanceof Error ? cause.message : String(cause)})`);
  }
  if (key.length < LEAST_BYTES) throw off(`the key file has fewer than ${LEAST_BYTES} characters`);
  return key;
}

function off(why: string): AppError {
  return new AppError("unprocessable", `Embeds are off: ${why}.`, {
    hint: `Set MESHDECK_EMBED_KEY_FILE to a file of at least ${LEAST_BYTES} random characters (openssl rand -base64 48), the same for every replica: in a cluster a mounted Secret.`,
  });
}
