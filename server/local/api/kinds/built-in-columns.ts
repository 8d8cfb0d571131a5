/** What `kubectl get` prints of the built-in kinds. */
import { nameColumn } from "../crd/columns";
import { at, listAt, objectAt, type Stored, textAt } from "../object";
import type { Column } from "../resource-type";
import { selectorText } from "../select/labels";
import { ageColumn, ageText } from "./age";
import { podReady, podRestarts, podStatus } from "./pod-status";

type Cell = (object: Stored, now: Date) => string | number | null;

function text(name: string, cell: Cell, priority = 0): Column {
  return { name, type: "string", format: "", description: `${name}.`, priority, cell };
}

function number(name: string, cell: Cell, priority = 0): Column {
  return { ...text(name, cell, priority), type: "integer" };
}

function count(object: Stored, ...path: string[]): number {
  const value = at(object, ...path);
  return typeof value === "number" ? value : 0;
}

function orNone(value: string): string {
  return value === "" ? "<none>" : value;
}

function servicePorts(service: Stored): string {
  const ports = listAt(service, "spec", "ports").map((port) => {
    const node = at(port, "nodePort");
    return `${String(at(port, "port"))}${typeof node === "number" && node > 0 ? `:${node}` : ""}/${textAt(port, "protocol")}`;
  });
  return orNone(ports.join(","));
}

function externalAddress(service: Stored): string {
  const type = textAt(service, "spec", "type");
  if (type === "ExternalName") return textAt(service, "spec", "externalName");
  return type === "LoadBalancer" ? "<pending>" : "<none>";
}

function images(object: Stored, field: "name" | "image"): string {
  return listAt(object, "spec", "template", "spec", "containers")
    .map((container) => textAt(container, field))
    .join(",");
}

function sliceAddresses(slice: Stored): string {
  const all = listAt(slice, "endpoints").flatMap((endpoint) => listAt(endpoint, "addresses").map(String));
  const more = all.length > 3 ? ` + ${all.length - 3} more...` : "";
  return all.length === 0 ? "<unset>" : `${all.slice(0, 3).join(",")}${more}`;
}

function slicePorts(slice: Stored): string {
  const all = listAt(slice, "ports").map((port) => String(at(port, "port") ?? "*"));
  return all.length === 0 ? "<unset>" : all.join(",");
}

function endpointAddresses(endpoints: Stored): string {
  const all = listAt(endpoints, "subsets").flatMap((subset) => {
    const ports = listAt(subset, "ports").map((port) => String(at(port, "port")));
    const hosts = listAt(subset, "addresses").map((address) => textAt(address, "ip"));
    return ports.length === 0 ? hosts : hosts.flatMap((host) => ports.map((port) => `${host}:${port}`));
  });
  const more = all.length > 3 ? ` + ${all.length - 3} more...` : "";
  return all.length === 0 ? "<none>" : `${all.slice(0, 3).join(",")}${more}`;
}

function lastSeen(event: Stored, now: Date): string {
  const when = textAt(event, "lastTimestamp") || textAt(event, "eventTime") || textAt(event, "firstTimestamp");
  return when === "" ? "<unknown>" : ageText(when, now);
}

function nodeStatus(node: Stored): string {
  const ready = listAt(node, "status", "conditions").find((one) => at(one, "type") === "Ready");
  const state = ready === undefined ? "Unknown" : at(ready, "status") === "True" ? "Ready" : "NotReady";
  return at(node, "spec", "unschedulable") === true ? `${state},SchedulingDisabled` : state;
}

function nodeRoles(node: Stored): string {
  const prefix = "node-role.kubernetes.io/";
  const roles = Object.keys(node.metadata.labels ?? {}).filter((key) => key.startsWith(prefix));
  return orNone(roles.map((key) => key.slice(prefix.length)).join(","));
}

const dataCount: Column = number(
  "Data",
  (one) => Object.keys(objectAt(one, "data")).length + Object.keys(objectAt(one, "binaryData")).length,
);

const createdAt: Column = {
  ...text("Created At", (one) => one.metadata.creationTimestamp ?? ""),
  type: "date",
};

function subjects(name: string, kind: string): Column {
  const spelt = (one: unknown) =>
    kind === "ServiceAccount" ? `${textAt(one, "namespace")}/${textAt(one, "name")}` : textAt(one, "name");
  const chosen = (binding: Stored) => listAt(binding, "subjects").filter((one) => textAt(one, "kind") === kind);
  return text(name, (binding) => chosen(binding).map(spelt).join(", "), 1);
}

const bindingColumns: readonly Column[] = [
  text("Role", (one) => `${textAt(one, "roleRef", "kind")}/${textAt(one, "roleRef", "name")}`),
  ageColumn,
  subjects("Users", "User"),
  subjects("Groups", "Group"),
  subjects("ServiceAccounts", "ServiceAccount"),
];

const COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  Namespace: [text("Status", (one) => textAt(one, "status", "phase")), ageColumn],
  Pod: [
    text("Ready", podReady),
    text("Status", podStatus),
    text("Restarts", podRestarts),
    ageColumn,
    text("IP", (pod) => orNone(textAt(pod, "status", "podIP")), 1),
    text("Node", (pod) => orNone(textAt(pod, "spec", "nodeName")), 1),
    text("Nominated Node", () => "<none>", 1),
    text("Readiness Gates", () => "<none>", 1),
  ],
  Service: [
    text("Type", (one) => textAt(one, "spec", "type")),
    text("Cluster-IP", (one) => orNone(textAt(one, "spec", "clusterIP"))),
    text("External-IP", externalAddress),
    text("Port(s)", servicePorts),
    ageColumn,
    text("Selector", (one) => orNone(selectorText(at(one, "spec", "selector"))), 1),
  ],
  Role: [createdAt],
  ClusterRole: [createdAt],
  RoleBinding: bindingColumns,
  ClusterRoleBinding: bindingColumns,
  ServiceAccount: [number("Secrets", (one) => listAt(one, "secrets").length), ageColumn],
  Secret: [text("Type", (one) => textAt(one, "type")), dataCount, ageColumn],
  ConfigMap: [dataCount, ageColumn],
  Event: [
    text("Last Seen", lastSeen),
    text("Type", (one) => textAt(one, "type")),
    text("Reason", (one) => textAt(one, "reason")),
    text(
      "Object",
      (one) => `${textAt(one, "involvedObject", "kind").toLowerCase()}/${textAt(one, "involvedObject", "name")}`,
    ),
    text("Subobject", (one) => textAt(one, "involvedObject", "fieldPath"), 1),
    text("Source", (one) => textAt(one, "source", "component") || textAt(one, "reportingComponent"), 1),
    text("Message", (one) => textAt(one, "message").trim()),
    text("First Seen", (one, now) => ageText(textAt(one, "firstTimestamp") || textAt(one, "eventTime"), now), 1),
    number("Count", (one) => Math.max(1, count(one, "count")), 1),
    text("Name", (one) => one.metadata.name, 1),
  ],
  Endpoints: [text("Endpoints", endpointAddresses), ageColumn],
  Node: [
    text("Status", nodeStatus),
    text("Roles", nodeRoles),
    ageColumn,
    text("Version", (one) => textAt(one, "status", "nodeInfo", "kubeletVersion")),
    text(
      "Internal-IP",
      (one) =>
        orNone(
          textAt(
            listAt(one, "status", "addresses").find((a) => at(a, "type") === "InternalIP"),
            "address",
          ),
        ),
      1,
    ),
    text("OS-Image", (one) => textAt(one, "status", "nodeInfo", "osImage") || "<unknown>", 1),
  ],
  Deployment: [
    text("Ready", (one) => `${count(one, "status", "readyReplicas")}/${count(one, "spec", "replicas")}`),
    number("Up-to-date", (one) => count(one, "status", "updatedReplicas")),
    number("Available", (one) => count(one, "status", "availableReplicas")),
    ageColumn,
    text("Containers", (one) => images(one, "name"), 1),
    text("Images", (one) => images(one, "image"), 1),
    text("Selector", (one) => selectorText(at(one, "spec", "selector")), 1),
  ],
  ReplicaSet: [
    number("Desired", (one) => count(one, "spec", "replicas")),
    number("Current", (one) => count(one, "status", "replicas")),
    number("Ready", (one) => count(one, "status", "readyReplicas")),
    ageColumn,
    text("Containers", (one) => images(one, "name"), 1),
    text("Images", (one) => images(one, "image"), 1),
    text("Selector", (one) => selectorText(at(one, "spec", "selector")), 1),
  ],
  EndpointSlice: [
    text("AddressType", (one) => textAt(one, "addressType")),
    text("Ports", slicePorts),
    text("Endpoints", sliceAddresses),
    ageColumn,
  ],
  Lease: [text("Holder", (one) => textAt(one, "spec", "holderIdentity")), ageColumn],
  MutatingWebhookConfiguration: [number("Webhooks", (one) => listAt(one, "webhooks").length), ageColumn],
  ValidatingWebhookConfiguration: [number("Webhooks", (one) => listAt(one, "webhooks").length), ageColumn],
  CustomResourceDefinition: [text("Created At", (one) => one.metadata.creationTimestamp ?? "<unknown>")],
};

/** The columns of a built-in kind. */
export function builtInColumns(kind: string): readonly Column[] {
  const columns = COLUMNS[kind] ?? [ageColumn];
  return columns.some((column) => column.name === "Last Seen") ? columns : [nameColumn, ...columns];
}
