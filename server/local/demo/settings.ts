/** How a demo application is told what to be: by its first argument and its environment. */
import { z } from "zod";

export const ROLES = ["bookbuyer", "bookthief", "bookstore", "bookwarehouse", "stockdb"] as const;
export type Role = (typeof ROLES)[number];

const schema = z.object({
  role: z.enum(ROLES),
  /** Name it answers with. */
  IDENTITY: z.string().min(1).optional(),
  /** The pod's own loopback when there is a sidecar, else the pod's address. */
  MESHDECK_BIND_HOST: z.string().min(1).default("0.0.0.0"),
  PORT: z.coerce.number().int().min(1).max(65535).optional(),
  /** `http://host:port` of the sidecar's outbound listener; without it calls go out directly. */
  HTTP_PROXY: z.url().optional(),
  REQUESTS_PER_SECOND: z.coerce.number().min(0).max(1000).optional(),
  /** The median of what each request to a bookstore takes; each has its own when left out. */
  WORK_MS: z.coerce.number().min(0).max(10_000).optional(),
  BOOKSTORE: z.string().default("bookstore.bookstore:14001"),
  BOOKWAREHOUSE: z.string().default("bookwarehouse.bookwarehouse:14001"),
  STOCKDB: z.string().default("stockdb.bookwarehouse:7000"),
});

export interface DemoSettings {
  readonly role: Role;
  readonly identity: string;
  readonly bindHost: string;
  readonly port: number;
  readonly proxy: URL | null;
  readonly requestsPerSecond: number;
  /** null: each request its own. */
  readonly workMs: number | null;
  /** `host:port` of the services it calls. */
  readonly bookstore: string;
  readonly bookwarehouse: string;
  readonly stockdb: string;
}

/** Throws an Error with one sentence when an argument or variable is missing or wrong. */
export function readSettings(args: readonly string[], env: Readonly<Record<string, string | undefined>>): DemoSettings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = schema.safeParse({ ...given, role: args[0] });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(
      `${issue?.path.join(".") ?? "arguments"}: ${issue?.message ?? "invalid"}. The first argument is one of ${ROLES.join(", ")}.`,
    );
  }
  const { role, ...rest } = parsed.data;
  return {
    role,
    identity: rest.IDENTITY ?? role,
    bindHost: rest.MESHDECK_BIND_HOST,
    port: rest.PORT ?? (role === "stockdb" ? 7000 : 14001),
    proxy: rest.HTTP_PROXY ? new URL(rest.HTTP_PROXY) : null,
    requestsPerSecond: rest.REQUESTS_PER_SECOND ?? (role === "bookthief" ? 5 : 20),
    workMs: rest.WORK_MS ?? null,
    bookstore: rest.BOOKSTORE,
    bookwarehouse: rest.BOOKWAREHOUSE,
    stockdb: rest.STOCKDB,
  };
}
