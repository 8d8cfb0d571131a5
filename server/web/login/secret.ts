/** The key that seals sessions, or the secret a trusted proxy shows, read once. */
import { AppError } from "@/lib/contract/errors";
import { LEAST_KEY_CHARACTERS, readKeyFile } from "../key-file";
import type { LoginSettings } from "./settings";

const known = new Map<string, Buffer>();

/** Throws AppError `invalid_request` when its file cannot be used; null when nobody signs in. */
export function loginSecret(login: LoginSettings): Buffer | null {
  if (login.kind === "none") return null;
  const [path, variable] =
    login.kind === "token"
      ? [login.keyFile, "MESHDECK_SESSION_KEY_FILE"]
      : [login.secretFile, "MESHDECK_LOGIN_SECRET_FILE"];
  const kept = known.get(path);
  if (kept) return kept;
  const key = readKeyFile(path);
  if ("why" in key) {
    throw new AppError("invalid_request", `${variable} is "${path}": ${key.why}.`, {
      hint: `Write at least ${LEAST_KEY_CHARACTERS} random characters into it (openssl rand -base64 48), the same for every replica.`,
    });
  }
  known.set(path, key);
  return key;
}
