/** Reading for a form: a field that is still empty is no reason to take the form away from whoever fills it in. */
import type { KubeObject } from "@/lib/kube/objects";
import { readSmi } from "@/lib/smi/read";

/** Stands for an empty text while an object is read. */
const HOLE = "meshdeck-empty";

/** As readSmi, with empty texts allowed everywhere. */
export function readForForm(object: KubeObject): ReturnType<typeof readSmi> {
  const strict = readSmi(object);
  if (strict.ok) return strict;
  const filled = readSmi(replaceTexts(object, "", HOLE));
  return filled.ok ? { ...filled, value: replaceTexts(filled.value, HOLE, "") } : strict;
}

/** The same value with every text and key that is `from` replaced. */
function replaceTexts<Value>(value: Value, from: string, to: string): Value {
  const replaced: unknown = Array.isArray(value)
    ? value.map((item) => replaceTexts(item as unknown, from, to))
    : typeof value === "object" && value !== null
      ? Object.fromEntries(
          Object.entries(value).map(([key, item]) => [
            key === from ? to : key,
            replaceTexts(item as unknown, from, to),
          ]),
        )
      : value === from
        ? to
        : value;
  return replaced as Value;
}
