/** The key that signs ServiceAccount tokens, kept in the data folder so that they stay good over a restart. */
import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { atomicWrite } from "@/server/platform/atomic-write";

const FILE = "service-account.key";

/** The key of that folder, or a new one when there is none that can be read. Rejects with the system's error when it cannot be written. */
export async function loadSigningKey(folder: string): Promise<KeyObject> {
  const path = join(folder, FILE);
  try {
    const kept = createPrivateKey(readFileSync(path));
    if (kept.asymmetricKeyDetails?.namedCurve === "prime256v1") return kept;
  } catch {
    // None yet, or not readable: with a new one the tokens given out before are worth nothing.
  }
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  await atomicWrite(path, privateKey.export({ type: "pkcs8", format: "pem" }));
  return privateKey;
}
