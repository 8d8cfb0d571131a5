/** Before anything starts: a name others come by, where nobody would have to sign in. */
import { listedNames } from "@/server/platform/host-allowed";
import { refuseNamesWithoutLogin } from "@/server/platform/open-to-others";
import { attaches, type LocalOptions } from "./options";

type Asked = Pick<LocalOptions, "login" | "context" | "kubeconfig">;

/** Throws AppError `invalid_request`. The dashboard would refuse it too, but only once all the rest is there. */
export function refuseNamesOfOthers(options: Asked, env: Readonly<Record<string, string | undefined>>): void {
  const login = attaches(options) ? env.MESHDECK_LOGIN || "none" : options.login;
  if (login !== "none") return;
  const remedy = attaches(options) ? {} : { remedy: "Start with --login token" };
  refuseNamesWithoutLogin(listedNames(env.MESHDECK_ALLOWED_HOSTS ?? ""), remedy);
}
