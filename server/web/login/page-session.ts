import type { Session } from "@/lib/contract/session";
import { guardSettings } from "../guard-settings";

/** What the HTML of a page says of who is signed in: nobody, where nobody signs in. null: the page asks. */
export function pageSession(): Session | null {
  return guardSettings().login.kind === "none" ? { login: "none", user: null, endsAt: null } : null;
}
