import { guardSettings } from "../guard-settings";
import { type Identity, identify } from "./identity";
import { loginSecret } from "./secret";

/** null: nobody who could be known. Always null where nobody signs in. */
export function identityOf(headers: Pick<Headers, "get">): Identity | null {
  const { login } = guardSettings();
  const secret = loginSecret(login);
  return login.kind === "none" || secret === null ? null : identify(login, secret, { headers, now: Date.now() });
}
