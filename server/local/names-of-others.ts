/** Before anything starts: a name others come by, where nobody would have to sign in. */
import { AppError } from "@/lib/contract/errors";
import { listedNames, nameOfOthers } from "@/server/platform/host-allowed";
import { attaches, type LocalOptions } from "./options";

type Asked = Pick<LocalOptions, "login" | "context" | "kubeconfig">;

/** Throws AppError `invalid_request`. The dashboard would refuse it too, but only once all the rest is there. */
export function refuseNamesOfOthers(options: Asked, env: Readonly<Record<string, string | undefined>>): void {
  const login = attaches(options) ? env.MESHDECK_LOGIN || "none" : options.login;
  const other = nameOfOthers(listedNames(env.MESHDECK_ALLOWED_HOSTS ?? ""));
  if (login !== "none" || other === undefined) return;
  const remedy = attaches(options)
    ? "Set MESHDECK_LOGIN=token and MESHDECK_SESSION_KEY_FILE to a file of random characters (openssl rand -base64 48)"
    : "Start with --login token";
  throw new AppError(
    "invalid_request",
    `MESHDECK_ALLOWED_HOSTS lets others in by the name "${other}", but nobody has to sign in.`,
    { hint: `${remedy}, or leave only loopback names in MESHDECK_ALLOWED_HOSTS.` },
  );
}
