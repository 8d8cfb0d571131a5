/** The MESHDECK_METRICS_ variables: where the store is, and how it is talked to. */
import { accessSync, constants } from "node:fs";
import { z } from "zod";
import { AppError } from "@/lib/contract/errors";
import type { StoreAccess } from "@/server/metrics/access";

const file = z.string().refine(readable, { error: "cannot be read: give the path of a file this process may read" });

/** Field name to schema; part of the dashboard's settings. */
export const METRICS_VARIABLES = {
  MESHDECK_METRICS_URL: z
    .url({ protocol: /^https?$/, error: "must be an http or https URL" })
    .refine((text) => addressOf(text).username === "" && addressOf(text).password === "", {
      error: "must not carry a password: set MESHDECK_METRICS_USERNAME and MESHDECK_METRICS_PASSWORD_FILE",
    })
    .refine((text) => addressOf(text).search === "" && addressOf(text).hash === "", {
      error: "must end with the path the API is served under: leave out what follows ? and #",
    })
    .optional(),
  MESHDECK_METRICS_KIND: z
    .enum(["prometheus", "embedded"], { error: "must be prometheus or embedded" })
    .default("prometheus"),
  MESHDECK_METRICS_TOKEN_FILE: file.optional(),
  MESHDECK_METRICS_USERNAME: z.string().optional(),
  MESHDECK_METRICS_PASSWORD_FILE: file.optional(),
  MESHDECK_METRICS_CA_FILE: file.optional(),
  MESHDECK_METRICS_CERT_FILE: file.optional(),
  MESHDECK_METRICS_KEY_FILE: file.optional(),
  MESHDECK_METRICS_SERVER_NAME: z
    .string()
    .regex(/^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?$/, { error: "must be a DNS name" })
    .optional(),
  /** `X-Scope-OrgID=team-a, X-Other=b`. */
  MESHDECK_METRICS_HEADERS: z.string().optional(),
};

type MetricsVariables = z.output<z.ZodObject<typeof METRICS_VARIABLES>>;

/** The value as messages may repeat it: without what it says of who asks. */
export function withoutSecrets(value: string): string {
  return value.replace(/\/\/[^/]*@/, "//…@").replace(/[?#].*$/, "…");
}

export interface MetricsSettings {
  readonly url: string;
  readonly kind: "prometheus" | "embedded";
  readonly access: StoreAccess;
}

/** null without an address. Throws AppError `invalid_request` for variables that do not fit together. */
export function metricsSettings(read: MetricsVariables): MetricsSettings | null {
  const url = read.MESHDECK_METRICS_URL;
  if (url === undefined) return null;
  const access: StoreAccess = {
    tokenFile: read.MESHDECK_METRICS_TOKEN_FILE ?? null,
    basic: pair(read, "MESHDECK_METRICS_USERNAME", "MESHDECK_METRICS_PASSWORD_FILE", (username, passwordFile) => ({
      username,
      passwordFile,
    })),
    caFile: read.MESHDECK_METRICS_CA_FILE ?? null,
    client: pair(read, "MESHDECK_METRICS_CERT_FILE", "MESHDECK_METRICS_KEY_FILE", (certFile, keyFile) => ({
      certFile,
      keyFile,
    })),
    serverName: read.MESHDECK_METRICS_SERVER_NAME ?? null,
    headers: headersOf(read.MESHDECK_METRICS_HEADERS ?? ""),
  };
  if (access.tokenFile !== null && access.basic !== null) {
    throw refuse(
      "MESHDECK_METRICS_TOKEN_FILE and MESHDECK_METRICS_USERNAME are both set, and a request has one Authorization.",
    );
  }
  if (new URL(url).protocol === "http:" && (access.caFile ?? access.client ?? access.serverName) !== null) {
    throw refuse("MESHDECK_METRICS_URL begins with http:, so certificates would not be used: write https:.");
  }
  return { url, kind: read.MESHDECK_METRICS_KIND, access };
}

type Paired = `MESHDECK_METRICS_${"USERNAME" | "PASSWORD_FILE" | "CERT_FILE" | "KEY_FILE"}`;

function pair<T>(
  read: MetricsVariables,
  one: Paired,
  other: Paired,
  make: (one: string, other: string) => T,
): T | null {
  const [a, b] = [read[one], read[other]];
  if (a !== undefined && b !== undefined) return make(a, b);
  if (a === undefined && b === undefined) return null;
  const [given, missing] = a === undefined ? [other, one] : [one, other];
  throw refuse(`${given} is set but ${missing} is not: set both or neither.`);
}

/** Names are tokens of HTTP, values what may stand in a header. Messages name the position, never the value. */
function headersOf(text: string): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  const items = text.split(",").map((item) => item.trim());
  for (const [index, item] of items.entries()) {
    if (item === "") continue;
    const equals = item.indexOf("=");
    const name = item.slice(0, Math.max(0, equals)).trim();
    const value = item.slice(equals + 1).trim();
    if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name) || !/^[\x20-\x7e]+$/.test(value)) {
      throw refuse(`MESHDECK_METRICS_HEADERS: item ${index + 1} is no header: write NAME=VALUE, separated by commas.`);
    }
    if (name.toLowerCase() === "authorization") {
      throw refuse(
        "MESHDECK_METRICS_HEADERS sets authorization: use MESHDECK_METRICS_TOKEN_FILE or _USERNAME for that.",
      );
    }
    headers[name] = value;
  }
  return headers;
}

function refuse(message: string): AppError {
  return new AppError("invalid_request", message, {
    hint: "Correct the environment variables and start the dashboard again.",
  });
}

/** What is no address at all has nothing in it that must not be there. */
function addressOf(text: string): URL {
  return new URL(URL.canParse(text) ? text : "http://none");
}

function readable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
