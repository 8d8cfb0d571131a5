/**
 * metadata.managedFields: who wrote last, when and in which version. The list of fields itself is left empty, as nothing here
 * applies on the server's side; it is what tells an editor in which version an object was written.
 */
import { type Cluster, type Target, timestamp, type WriteOptions } from "../cluster";
import { at, ensureObject, type JsonObject, listAt, type Stored } from "../object";
import { apiVersionOf } from "../resource-type";

export function recordManager(
  cluster: Cluster,
  target: Target,
  draft: JsonObject,
  old: Stored | null,
  options: WriteOptions,
): void {
  const apiVersion = apiVersionOf(target.type, target.version.name);
  const subresource =
    target.subresource === "status" || target.subresource === "scale" ? target.subresource : undefined;
  const others = listAt(old, "metadata", "managedFields").filter(
    (entry) => at(entry, "manager") !== options.manager || at(entry, "subresource") !== subresource,
  );
  ensureObject(draft, "metadata").managedFields = [
    ...structuredClone(others),
    {
      manager: options.manager,
      operation: "Update",
      apiVersion,
      time: timestamp(cluster.clock()),
      fieldsType: "FieldsV1",
      fieldsV1: {},
      ...(subresource === undefined ? {} : { subresource }),
    },
  ];
}
