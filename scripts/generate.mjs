// Generates server/xds/gen from the .proto files in @grpc/grpc-js-xds (Envoy's API, Apache-2.0). Not committed: 2 MB of code
// that follows from a pinned package. No network: buf and protoc-gen-es come from npm.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const deps = join(root, "node_modules/@grpc/grpc-js-xds/deps");
const work = join(root, ".cache/proto");

// What the controller sends or reads. buf adds what these import.
const wanted = [
  "envoy/service/discovery/v3/ads.proto",
  "envoy/service/discovery/v3/discovery.proto",
  "envoy/service/accesslog/v3/als.proto",
  "envoy/config/bootstrap/v3/bootstrap.proto",
  "envoy/config/cluster/v3/cluster.proto",
  "envoy/config/endpoint/v3/endpoint.proto",
  "envoy/config/listener/v3/listener.proto",
  "envoy/config/route/v3/route.proto",
  "envoy/config/rbac/v3/rbac.proto",
  "envoy/data/accesslog/v3/accesslog.proto",
  "envoy/extensions/access_loggers/file/v3/file.proto",
  "envoy/extensions/access_loggers/grpc/v3/als.proto",
  "envoy/extensions/filters/http/rbac/v3/rbac.proto",
  "envoy/extensions/filters/http/router/v3/router.proto",
  "envoy/extensions/filters/listener/tls_inspector/v3/tls_inspector.proto",
  "envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto",
  "envoy/extensions/filters/network/rbac/v3/rbac.proto",
  "envoy/extensions/filters/network/tcp_proxy/v3/tcp_proxy.proto",
  "envoy/extensions/retry/host/previous_hosts/v3/previous_hosts.proto",
  "envoy/extensions/transport_sockets/tls/v3/secret.proto",
  "envoy/extensions/transport_sockets/tls/v3/tls.proto",
  "envoy/extensions/upstreams/http/v3/http_protocol_options.proto",
];

rmSync(work, { recursive: true, force: true });
mkdirSync(work, { recursive: true });
const include = [];
for (const module of readdirSync(deps)) {
  cpSync(join(deps, module), join(work, module), { recursive: true });
  include.push(module);
}
// The bundled validate.proto is older than the Envoy messages that use it (StringRules.ignore_empty): buf refuses that.
const validate = join(work, "protoc-gen-validate/validate/validate.proto");
const text = readFileSync(validate, "utf8");
if (
  !/StringRules[\s\S]*?ignore_empty/.test(
    text.slice(text.indexOf("message StringRules"), text.indexOf("message BytesRules")),
  )
) {
  writeFileSync(
    validate,
    text.replace("message StringRules {", "message StringRules {\n  optional bool ignore_empty = 26;\n"),
  );
}
const moduleOf = (proto) => {
  for (const module of include) {
    try {
      readFileSync(join(work, module, proto));
      return module;
    } catch {}
  }
  throw new Error(`no such file in @grpc/grpc-js-xds: ${proto}`);
};
writeFileSync(join(work, "buf.yaml"), `version: v2\nmodules:\n${include.map((m) => `  - path: ${m}\n`).join("")}`);
writeFileSync(
  join(work, "buf.gen.yaml"),
  [
    "version: v2",
    "plugins:",
    `  - local: ${JSON.stringify([process.execPath, join(root, "node_modules/@bufbuild/protoc-gen-es/bin/protoc-gen-es")])}`,
    `    out: ${JSON.stringify(join(root, "server/xds/gen"))}`,
    "    include_imports: true",
    "    opt: [target=ts, import_extension=none]",
    "",
  ].join("\n"),
);
rmSync(join(root, "server/xds/gen"), { recursive: true, force: true });
const platform = `${process.platform}-${process.arch}`;
const buf = join(root, `node_modules/@bufbuild/buf-${platform}/bin/buf`);
const paths = wanted.flatMap((proto) => ["--path", join(moduleOf(proto), proto)]);
execFileSync(buf, ["generate", ".", ...paths], { cwd: work, stdio: "inherit" });
