import { readFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const ClusterSchema = z.looseObject({
  server: z.string().min(1),
  "certificate-authority": z.string().optional(),
  "certificate-authority-data": z.string().optional(),
  "insecure-skip-tls-verify": z.boolean().optional(),
  "tls-server-name": z.string().optional(),
});
const UserSchema = z.looseObject({
  token: z.string().optional(),
  tokenFile: z.string().optional(),
  "client-certificate": z.string().optional(),
  "client-certificate-data": z.string().optional(),
  "client-key": z.string().optional(),
  "client-key-data": z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  exec: z.unknown().optional(),
  "auth-provider": z.unknown().optional(),
  as: z.string().optional(),
});
const FileSchema = z.looseObject({
  "current-context": z.string().optional(),
  clusters: z.array(z.looseObject({ name: z.string(), cluster: ClusterSchema })).nullish(),
  users: z.array(z.looseObject({ name: z.string(), user: UserSchema.nullish() })).nullish(),
  contexts: z
    .array(
      z.looseObject({
        name: z.string(),
        context: z.looseObject({
          cluster: z.string(),
          user: z.string().optional(),
          namespace: z.string().optional(),
        }),
      }),
    )
    .nullish(),
});

export type KubeconfigCluster = z.infer<typeof ClusterSchema>;
export type KubeconfigUser = z.infer<typeof UserSchema>;

/** A context of a kubeconfig: a cluster and a user. Paths in them are absolute. */
export interface KubeconfigContext {
  readonly name: string;
  readonly cluster: KubeconfigCluster;
  readonly user: KubeconfigUser;
  /** The one the user works in. */
  readonly namespace: string;
}

/**
 * The named context, or the current one, of kubeconfig files; where several say something of one name, the first counts.
 * Throws an Error whose message says what is wrong, without a full stop.
 */
export function readKubeconfig(paths: readonly string[], contextName?: string): KubeconfigContext {
  const files = paths.map(readOne);
  const named = <T extends { name: string }>(lists: (readonly T[] | null | undefined)[], name: string) =>
    lists.flatMap((list) => list ?? []).find((entry) => entry.name === name);
  const name = contextName ?? files.find((file) => file["current-context"])?.["current-context"];
  if (!name) throw new Error("it has no current-context");
  const context = named(
    files.map((file) => file.contexts),
    name,
  )?.context;
  if (!context) throw new Error(`it has no context "${name}"`);
  const cluster = named(
    files.map((file) => file.clusters),
    context.cluster,
  )?.cluster;
  if (!cluster) throw new Error(`its context "${name}" names the cluster "${context.cluster}", which it does not have`);
  const user = context.user
    ? named(
        files.map((file) => file.users),
        context.user,
      )?.user
    : undefined;
  return { name, cluster, user: user ?? {}, namespace: context.namespace || "default" };
}

function readOne(path: string): z.infer<typeof FileSchema> {
  const parsed = FileSchema.safeParse(parse(readFileSync(path, "utf8")) ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${issue?.path.join(".") || "it"}: ${issue?.message ?? "not a kubeconfig"}`);
  }
  const file = parsed.data;
  const folder = dirname(path);
  for (const { cluster } of file.clusters ?? []) absolute(cluster, ["certificate-authority"], folder);
  for (const { user } of file.users ?? [])
    if (user) absolute(user, ["client-certificate", "client-key", "tokenFile"], folder);
  return file;
}

function absolute(entry: Record<string, unknown>, fields: readonly string[], folder: string): void {
  for (const field of fields) {
    const value = entry[field];
    if (typeof value === "string" && value !== "" && !isAbsolute(value)) entry[field] = join(folder, value);
  }
}
