/** The key that signs embeds. */
import { AppError } from "@/lib/contract/errors";
import { LEAST_KEY_CHARACTERS, readKeyFile } from "./key-file";
import { readSettings } from "./settings";

let known: Buffer | null = null;

/** Throws `unprocessable` when embeds are off, with how to turn them on. Read once a key was found. */
export function embedKey(): Buffer {
  known ??= readKey(readSettings(process.env).embedKeyFile);
  return known;
}

export function readKey(path: string | null): Buffer {
  if (path === null) throw off("no key to sign links with is configured");
  const key = readKeyFile(path);
  if ("why" in key) throw off(key.why);
  return key;
}

function off(why: string): AppError {
  return new AppError("unprocessable", `Embeds are off: ${why}.`, {
    hint: `Set MESHDECK_EMBED_KEY_FILE to a file of at least ${LEAST_KEY_CHARACTERS} random characters (openssl rand -base64 48), the same for every replica: in a cluster a mounted Secret.`,
  });
}
