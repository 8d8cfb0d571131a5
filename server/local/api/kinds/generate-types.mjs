// Makes types-*.ts: the field names, protobuf numbers, types and merge keys of the built-in kinds, read from the .proto files that the
// Go module k8s.io/api publishes. Run by hand when a kind is added:
//   node server/local/api/kinds/generate-types.mjs $(go list -m -f '{{.Dir}}' k8s.io/api k8s.io/apimachinery k8s.io/apiextensions-apiserver)
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [api, machinery, extensions] = process.argv.slice(2);
if (!extensions)
  throw new Error("give the folders of k8s.io/api, k8s.io/apimachinery and k8s.io/apiextensions-apiserver");

const packages = {
  "meta.v1": [machinery, "pkg/apis/meta/v1"],
  "core.v1": [api, "core/v1"],
  "apps.v1": [api, "apps/v1"],
  "autoscaling.v1": [api, "autoscaling/v1"],
  "policy.v1": [api, "policy/v1"],
  "discovery.v1": [api, "discovery/v1"],
  "coordination.v1": [api, "coordination/v1"],
  "events.v1": [api, "events/v1"],
  "admissionregistration.v1": [api, "admissionregistration/v1"],
  "authentication.v1": [api, "authentication/v1"],
  "authorization.v1": [api, "authorization/v1"],
  "rbac.v1": [api, "rbac/v1"],
  "apiextensions.v1": [extensions, "pkg/apis/apiextensions/v1"],
};

const roots = [
  ..."ObjectMeta ListMeta DeleteOptions CreateOptions UpdateOptions PatchOptions Status"
    .split(" ")
    .map((k) => `meta.v1.${k}`),
  ..."Namespace Pod Service ServiceAccount Secret ConfigMap Event Endpoints Node".split(" ").map((k) => `core.v1.${k}`),
  ..."Deployment ReplicaSet".split(" ").map((k) => `apps.v1.${k}`),
  ..."MutatingWebhookConfiguration ValidatingWebhookConfiguration"
    .split(" ")
    .map((k) => `admissionregistration.v1.${k}`),
  ..."SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview LocalSubjectAccessReview"
    .split(" ")
    .map((k) => `authorization.v1.${k}`),
  ..."Role RoleBinding ClusterRole ClusterRoleBinding".split(" ").map((k) => `rbac.v1.${k}`),
  "autoscaling.v1.Scale",
  "policy.v1.Eviction",
  "discovery.v1.EndpointSlice",
  "coordination.v1.Lease",
  "events.v1.Event",
  "authentication.v1.SelfSubjectReview",
  "authentication.v1.TokenReview",
  "authentication.v1.TokenRequest",
  "apiextensions.v1.CustomResourceDefinition",
];

/** Scalars and the messages whose JSON form is not that of their fields. */
const codes = {
  string: "s",
  int32: "i",
  int64: "l",
  bool: "b",
  bytes: "y",
  double: "d",
  "k8s.io.apimachinery.pkg.api.resource.Quantity": "Q",
  "k8s.io.apimachinery.pkg.util.intstr.IntOrString": "I",
  "meta.v1.Time": "T",
  "meta.v1.MicroTime": "U",
  "meta.v1.FieldsV1": "R",
  "k8s.io.apimachinery.pkg.runtime.RawExtension": "R",
  "apiextensions.v1.JSONSchemaProps": "R",
  "apiextensions.v1.JSON": "R",
};

function longName(reference, pkg) {
  const bare = reference.replace(/^\./, "");
  const known = /^k8s\.io\.(?:api|apimachinery\.pkg\.apis|apiextensions_apiserver\.pkg\.apis)\.(\w+\.v1)\.(\w+)$/.exec(
    bare,
  );
  if (known) return `${known[1]}.${known[2]}`;
  return bare.includes(".") ? bare : `${pkg}.${bare}`;
}

const types = new Map();
for (const [pkg, [base, path]] of Object.entries(packages)) {
  const proto = readFileSync(join(base, path, "generated.proto"), "utf8");
  const go = readFileSync(join(base, path, "types.go"), "utf8");
  const inline = new Set();
  // A few fields are spelt otherwise in protobuf than in JSON.
  const jsonNames = new Map();
  let struct = "";
  for (const line of go.split("\n")) {
    const opened = /^type (\w+) struct/.exec(line) ?? /^\t(\w+) struct/.exec(line);
    if (opened) struct = opened[1];
    const named = /json:",inline" protobuf:"[^"]*name=(\w+)/.exec(line);
    if (named) inline.add(`${struct}.${named[1]}`);
    const tags = /json:"(\w+)[^"]*".*protobuf:"[^"]*name=(\w+)/.exec(line);
    if (tags) jsonNames.set(`${struct}.${tags[2]}`, tags[1]);
  }
  let message = "";
  let marks = [];
  for (const raw of proto.split("\n")) {
    const line = raw.trim();
    const start = /^message (\w+) \{$/.exec(line);
    if (start) {
      message = start[1];
      types.set(`${pkg}.${message}`, []);
      marks = [];
    } else if (line.startsWith("//")) marks.push(line.slice(2).trim());
    else {
      const field = /^(optional|repeated|map<string, ?([\w.]+)>)\s*([\w.]+)\s*(?:(\w+))?\s*=\s*(\d+);$/.exec(
        line.replace(/^map<string, ?([\w.]+)> (\w+)/, "map<string,$1> $1 $2"),
      );
      if (field && message) {
        const [, label, mapOf, second, third, number] = field;
        const name = third;
        const type = longName(mapOf ?? second, pkg);
        const mark = (key) => marks.find((m) => m.startsWith(`+${key}=`))?.slice(key.length + 2);
        const scalar = codes[type] ?? codes[mapOf ?? second];
        types.get(`${pkg}.${message}`).push({
          number,
          name: jsonNames.get(`${message}.${name}`) ?? name,
          type: scalar ?? `@${type}`,
          reference: scalar ? null : type,
          many: label === "repeated" ? "*" : mapOf ? "%" : "",
          inline: inline.has(`${message}.${name}`) || name === "ephemeralContainerCommon",
          required: !marks.some((m) => m.startsWith("+optional")),
          merge: mark("patchMergeKey"),
          strategy: mark("patchStrategy"),
        });
      }
      if (line === "" || field || line === "}") marks = [];
    }
  }
}

const reached = new Set();
function reach(name) {
  if (reached.has(name)) return;
  if (!types.has(name)) throw new Error(`no type ${name}`);
  reached.add(name);
  for (const field of types.get(name)) if (field.reference) reach(field.reference);
}
roots.forEach(reach);

function fieldText(f) {
  const flags = `${f.inline ? "^" : ""}${f.required ? "!" : ""}`;
  const merge = f.strategy ? ` ${f.strategy.replace(/,/g, "+")}${f.merge ? `:${f.merge}` : ""}` : "";
  return `${f.number} ${f.name} ${f.type}${f.many}${flags}${merge}`;
}
const byPackage = new Map();
for (const name of [...reached].sort()) {
  const pkg = name.startsWith("core.") ? "core" : "other";
  const text = `${name}|${types.get(name).map(fieldText).join("|")}`;
  byPackage.set(pkg, [...(byPackage.get(pkg) ?? []), text]);
}
for (const [pkg, lines] of byPackage) {
  const text = `// Made by generate-types.mjs from the .proto files of k8s.io/api v0.32 (Apache-2.0): facts only, one line per type. Do not edit.\nexport const ${pkg.toUpperCase()}_TYPES = \`\n${lines.join("\n")}\n\`;\n`;
  writeFileSync(new URL(`types-${pkg}.ts`, import.meta.url), text);
}
process.stdout.write(`${reached.size} types\n`);
