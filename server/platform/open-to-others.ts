/** A dashboard others could use without signing in: said alike wherever it is noticed. */
import { AppError } from "@/lib/contract/errors";
import { nameOfOthers } from "./host-allowed";

/** Follows "set". */
export const WHAT_LETS_SIGN_IN =
  "MESHDECK_LOGIN=token and MESHDECK_SESSION_KEY_FILE to a file of random characters (openssl rand -base64 48)";

/** Throws AppError `invalid_request` when one of the names is not loopback's. `remedy`: what makes people sign in. */
export function refuseNamesWithoutLogin(
  allowedHosts: readonly string[],
  { remedy = `Set ${WHAT_LETS_SIGN_IN}` }: { readonly remedy?: string } = {},
): void {
  const other = nameOfOthers(allowedHosts);
  if (other === undefined) return;
  throw new AppError(
    "invalid_request",
    `MESHDECK_ALLOWED_HOSTS lets others in by the name "${other}", but nobody has to sign in.`,
    { hint: `${remedy}, or leave only loopback names in MESHDECK_ALLOWED_HOSTS.` },
  );
}
