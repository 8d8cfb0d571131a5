/** POST of an object. */
import { asVersion, type Cluster, type Target, type WriteOptions } from "../cluster";
import { ensureObject, type JsonObject, type Stored, textAt } from "../object";
import { alreadyExists } from "../status";
import { recordManager } from "./managed-fields";
import { bornMetadata, checkEnvelope, checkNamespace, forStorage, readShape, validateNew } from "./prepare";

const SUFFIX = "bcdfghjklmnpqrstvwxz2456789";
const BASE_LIMIT = 58;

/** `base` and five letters that make no word. */
function generatedName(base: string): string {
  const letters = crypto.getRandomValues(new Uint8Array(5));
  return base.slice(0, BASE_LIMIT) + [...letters].map((byte) => SUFFIX[byte % SUFFIX.length] ?? "x").join("");
}

function nameIt(cluster: Cluster, target: Target, draft: JsonObject): void {
  const metadata = ensureObject(draft, "metadata");
  const base = textAt(metadata, "generateName");
  if (metadata.name || base === "") return;
  do metadata.name = generatedName(base);
  while (cluster.store.get(target.type, target.namespace, String(metadata.name)) !== null);
}

/** Returns the object as stored, or as it would be with dryRun. Throws a StatusError. */
export async function createObject(
  cluster: Cluster,
  target: Target,
  body: unknown,
  options: WriteOptions,
): Promise<Stored> {
  const { type, namespace } = target;
  let draft = checkEnvelope(target, body);
  readShape(target, draft, options);
  checkNamespace(cluster, target, textAt(draft, "metadata", "name"));
  draft = await cluster.admission.mutate({ operation: "CREATE", target, object: draft, old: null }, options);
  readShape(target, draft, { ...options, fieldValidation: "Ignore" });
  bornMetadata(cluster, target, draft);
  nameIt(cluster, target, draft);
  if (target.version.hasStatus) delete draft.status;
  type.behaviour.prepareCreate?.(draft);
  validateNew(target, draft);
  await cluster.admission.validate({ operation: "CREATE", target, object: draft, old: null }, options);

  const name = textAt(draft, "metadata", "name");
  if (cluster.store.get(type, type.namespaced ? namespace : "", name) !== null) throw alreadyExists(type, name);
  checkNamespace(cluster, target, name);
  recordManager(cluster, target, draft, null, options);
  forStorage(target, draft);
  if (options.dryRun) return asVersion(type, target.version.name, draft as unknown as Stored);
  return asVersion(type, target.version.name, cluster.store.put(type, draft));
}
