/** CustomResourceDefinitions: what makes one valid, and the type it stands for. */

import { bad, dnsLabel1035, dnsSubdomain, oneOf, required } from "../kinds/rules";
import { at, isObject, type JsonObject, listAt, objectAt, type Stored, textAt } from "../object";
import type { Behaviour, ResourceType, ScalePaths, ServedVersion } from "../resource-type";
import type { Cause } from "../status";
import { customColumns } from "./columns";
import { simplePath } from "./json-path";
import { schemaShape } from "./schema-shape";

function versionCauses(version: unknown, path: string): Cause[] {
  const schema = at(version, "schema", "openAPIV3Schema");
  const causes: Cause[] = [];
  const problem = dnsLabel1035(textAt(version, "name"));
  if (problem !== null) causes.push(bad(`${path}.name`, textAt(version, "name"), problem));
  if (!isObject(schema))
    causes.push({ ...required(`${path}.schema.openAPIV3Schema`), message: "Required value: schemas are required" });
  else if (schema.type !== "object")
    causes.push(bad(`${path}.schema.openAPIV3Schema.type`, schema.type ?? "", "must be object at the root"));
  return causes;
}

function validate(crd: JsonObject): Cause[] {
  const spec = objectAt(crd, "spec");
  const versions = listAt(spec, "versions");
  const name = `${textAt(spec, "names", "plural")}.${textAt(spec, "group")}`;
  const stored = versions.filter((version) => at(version, "storage") === true).length;
  const conversion = at(spec, "conversion", "strategy");
  const causes = versions.flatMap((version, index) => versionCauses(version, `spec.versions[${index}]`));
  if (textAt(crd, "metadata", "name") !== name)
    causes.push(bad("metadata.name", textAt(crd, "metadata", "name"), `must be spec.names.plural+"."+spec.group`));
  for (const field of ["plural", "kind"])
    if (textAt(spec, "names", field) === "") causes.push(required(`spec.names.${field}`));
  if (textAt(spec, "group") === "") causes.push(required("spec.group"));
  causes.push(...oneOf("spec.scope", at(spec, "scope") ?? "", ["Cluster", "Namespaced"]));
  if (versions.length === 0) causes.push(required("spec.versions"));
  else if (stored !== 1)
    causes.push(bad("spec.versions", stored, "must have exactly one version marked as storage version"));
  if (conversion !== undefined && conversion !== "None") {
    causes.push({
      reason: "FieldValueForbidden",
      field: "spec.conversion.strategy",
      message: "Forbidden: this API converts between versions with strategy None only",
    });
  }
  return causes;
}

/** Names a definition leaves out follow from those it gives. */
export function fillDefinition(draft: JsonObject): void {
  const spec = draft.spec;
  if (!isObject(spec)) return;
  const names = objectAt(spec, "names");
  const kind = textAt(names, "kind");
  names.singular ??= kind.toLowerCase();
  names.listKind ??= `${kind}List`;
  spec.conversion ??= { strategy: "None" };
}

/** Readies a definition: its names are accepted at once, as nothing else here claims names. */
function establish(draft: JsonObject, before: Stored | null, now: Date): void {
  const spec = objectAt(draft, "spec");
  const storage = listAt(spec, "versions").find((version) => at(version, "storage") === true);
  const stored = new Set([...listAt(before, "status", "storedVersions"), textAt(storage, "name")]);
  const condition = (type: string, reason: string, message: string) => {
    const same = listAt(before, "status", "conditions").find((one) => at(one, "type") === type);
    return {
      type,
      status: "True",
      reason,
      message,
      lastTransitionTime: textAt(same, "lastTransitionTime") || `${now.toISOString().slice(0, 19)}Z`,
    };
  };
  draft.status = {
    acceptedNames: structuredClone(objectAt(spec, "names")),
    conditions: [
      condition("NamesAccepted", "NoConflicts", "no conflicts found"),
      condition("Established", "InitialNamesAccepted", "the initial names have been accepted"),
    ],
    storedVersions: [...stored],
  };
}

export function definitionBehaviour(clock: () => Date): Behaviour {
  return {
    generation: true,
    unconditionalUpdate: true,
    nameRule: dnsSubdomain,
    selectableFields: {},
    prepareCreate: (draft) => establish(draft, null, clock()),
    prepareUpdate: (draft, old) => establish(draft, old, clock()),
    validate,
    validateUpdate: (crd, old) =>
      textAt(crd, "spec", "scope") === textAt(old, "spec", "scope")
        ? []
        : [bad("spec.scope", textAt(crd, "spec", "scope"), "field is immutable")],
  };
}

function scaleOf(version: unknown): ScalePaths | null {
  const scale = at(version, "subresources", "scale");
  if (!isObject(scale)) return null;
  return {
    specReplicas: simplePath(textAt(scale, "specReplicasPath")),
    statusReplicas: simplePath(textAt(scale, "statusReplicasPath")),
    selector: simplePath(textAt(scale, "labelSelectorPath")),
  };
}

function servedVersion(version: unknown): ServedVersion {
  const name = textAt(version, "name");
  return {
    name,
    shape: schemaShape(objectAt(version, "schema", "openAPIV3Schema")),
    columns: customColumns(listAt(version, "additionalPrinterColumns")),
    hasStatus: isObject(at(version, "subresources", "status")),
    scale: scaleOf(version),
    deprecation:
      at(version, "deprecated") === true ? textAt(version, "deprecationWarning") || `${name} is deprecated` : null,
  };
}

/** v2 before v1 before v1beta2 before v1alpha4 before anything else. */
export function compareVersions(a: string, b: string): number {
  const rank = (name: string): readonly number[] => {
    const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(name);
    if (match === null) return [0];
    const stage = match[2] === undefined ? 3 : match[2] === "beta" ? 2 : 1;
    return [stage, Number(match[1]), Number(match[3] ?? 0)];
  };
  const [left, right] = [rank(a), rank(b)];
  for (let i = 0; i < 3; i += 1) {
    const difference = (right[i] ?? 0) - (left[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a < b ? -1 : 1;
}

function customBehaviour(crd: Stored): Behaviour {
  const fields = listAt(crd, "spec", "versions").flatMap((version) =>
    listAt(version, "selectableFields").map((field) => textAt(field, "jsonPath")),
  );
  const selectable = fields.map((path): [string, (object: Stored) => string] => {
    const parts = simplePath(path);
    return [parts.join("."), (object) => String(at(object, ...parts) ?? "")];
  });
  return {
    generation: true,
    unconditionalUpdate: false,
    nameRule: dnsSubdomain,
    selectableFields: Object.fromEntries(selectable),
  };
}

/** The type a stored definition stands for. */
export function typeOfDefinition(crd: Stored): ResourceType {
  const spec = objectAt(crd, "spec");
  const names = objectAt(spec, "names");
  const versions = listAt(spec, "versions");
  const texts = (value: unknown) => (Array.isArray(value) ? value.filter((one) => typeof one === "string") : []);
  return {
    group: textAt(spec, "group"),
    plural: textAt(names, "plural"),
    singular: textAt(names, "singular"),
    kind: textAt(names, "kind"),
    listKind: textAt(names, "listKind"),
    shortNames: texts(names.shortNames),
    categories: texts(names.categories),
    namespaced: spec.scope === "Namespaced",
    versions: versions
      .filter((version) => at(version, "served") === true)
      .map(servedVersion)
      .sort((a, b) => compareVersions(a.name, b.name)),
    storageVersion: textAt(
      versions.find((version) => at(version, "storage") === true),
      "name",
    ),
    behaviour: customBehaviour(crd),
    custom: true,
    typeName: "",
  };
}
