/** Text that only we can read and nobody can change: AES-256-GCM. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";

const PURPOSE = "meshdeck session v1";
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** What was sealed here is never longer: a cookie is read no further. */
const MOST_BYTES = 16_384;

/** base64url of the initialisation vector, the sealed text and the tag. `key`: whatever the key file holds. */
export function seal(text: string, key: Buffer): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", derived(key), iv).setAAD(Buffer.from(PURPOSE));
  // A token is base64 already: deflating it takes back what base64 added.
  const sealed = Buffer.concat([cipher.update(deflateRawSync(text)), cipher.final()]);
  return Buffer.concat([iv, sealed, cipher.getAuthTag()]).toString("base64url");
}

/** null for what was not sealed with this key, or was changed since. */
export function unseal(sealed: string, key: Buffer): string | null {
  if (sealed.length > MOST_BYTES) return null;
  const bytes = Buffer.from(sealed, "base64url");
  // base64url forgives what it does not know: only the one spelling counts.
  if (bytes.length <= IV_BYTES + TAG_BYTES || bytes.toString("base64url") !== sealed) return null;
  try {
    const opener = createDecipheriv("aes-256-gcm", derived(key), bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    opener.setAAD(Buffer.from(PURPOSE)).setAuthTag(bytes.subarray(-TAG_BYTES));
    const opened = Buffer.concat([opener.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), opener.final()]);
    return inflateRawSync(opened, { maxOutputLength: MOST_BYTES }).toString("utf8");
  } catch {
    return null;
  }
}

const keys = new WeakMap<Buffer, Buffer>();

/** The file may also sign other things: each purpose has a key of its own. */
function derived(key: Buffer): Buffer {
  const known = keys.get(key) ?? Buffer.from(hkdfSync("sha256", key, "", PURPOSE, 32));
  keys.set(key, known);
  return known;
}
