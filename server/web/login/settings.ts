/** How people sign in, as the environment says. */
import { z } from "zod";
import { AppError } from "@/lib/contract/errors";
import { refuseNamesWithoutLogin } from "@/server/platform/open-to-others";

const headerName = (fallback: string) =>
  z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/, { error: "must be the name of a header" })
    .default(fallback)
    .transform((name) => name.toLowerCase());

export const LOGIN_VARIABLES = {
  /** none: whoever reaches the dashboard uses its own rights; only while it is called by loopback names. */
  MESHDECK_LOGIN: z.enum(["none", "token", "header"], { error: "must be none, token or header" }).default("none"),
  /** Seals sessions; the same for every replica. */
  MESHDECK_SESSION_KEY_FILE: z.string().optional(),
  /** A session ends after so many hours, or with its token. */
  MESHDECK_SESSION_HOURS: z.coerce
    .number({ error: "must be hours" })
    .min(0.01, { error: "must be at least 0.01 hours" })
    .max(168, { error: "must be at most 168 hours" })
    .default(12),
  /** Set by the proxy in front: who it is, and the groups, separated by commas. */
  MESHDECK_LOGIN_HEADER: headerName("x-forwarded-user"),
  MESHDECK_LOGIN_GROUPS_HEADER: headerName("x-forwarded-groups"),
  /** What the proxy proves itself with, in the header x-meshdeck-proxy-secret. */
  MESHDECK_LOGIN_SECRET_FILE: z.string().optional(),
} as const;

const VARIABLES = z.object(LOGIN_VARIABLES);

export type LoginSettings =
  | { readonly kind: "none" }
  | { readonly kind: "token"; readonly keyFile: string; readonly hours: number }
  | {
      readonly kind: "header";
      readonly userHeader: string;
      readonly groupsHeader: string;
      readonly secretFile: string;
    };

/** Throws AppError `invalid_request` with what to set when others could use the dashboard without a login. */
export function loginSettings(read: z.output<typeof VARIABLES>, allowedHosts: readonly string[]): LoginSettings {
  switch (read.MESHDECK_LOGIN) {
    case "none":
      refuseNamesWithoutLogin(allowedHosts);
      return { kind: "none" };
    case "token":
      return {
        kind: "token",
        keyFile: given(read.MESHDECK_SESSION_KEY_FILE, "MESHDECK_SESSION_KEY_FILE", "token"),
        hours: read.MESHDECK_SESSION_HOURS,
      };
    case "header":
      return {
        kind: "header",
        userHeader: read.MESHDECK_LOGIN_HEADER,
        groupsHeader: read.MESHDECK_LOGIN_GROUPS_HEADER,
        secretFile: given(read.MESHDECK_LOGIN_SECRET_FILE, "MESHDECK_LOGIN_SECRET_FILE", "header"),
      };
  }
}

function given(value: string | undefined, name: string, login: string): string {
  if (value !== undefined) return value;
  throw new AppError("invalid_request", `MESHDECK_LOGIN is "${login}", and ${name} is not set.`, {
    hint: `Set ${name} to a file of random characters (openssl rand -base64 48): in a cluster a mounted Secret.`,
  });
}
