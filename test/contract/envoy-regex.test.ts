/** lib/mesh/regex.ts and a real Envoy must agree: what the model lets through, Envoy takes. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { PROGRAM_SIZE_LIMIT, regexOf } from "@/lib/mesh/regex";

const envoy = process.env.MESHDECK_ENVOY;
const folder = mkdtempSync(join(tmpdir(), "meshdeck-regex-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Both say the same of these. */
const AGREED = [
  "/books-bought",
  ".*a-book.*new",
  ".*-http-client/*.*",
  "^(.*?;)?(type=insider)(;.*)?$",
  "(?P<year>[0-9]{4})",
  "(?<year>[0-9]{4})",
  "[a-z]{60}",
  "\\pL+",
  "\\Qa.b\\E",
  "[[:alpha:]]+",
  "(?i)abc",
  "café",
  "",
  "(",
  "a(?=b)",
  "a**",
  "x{2}{3}",
  "(a)\\1",
  "[z-a]",
  "*a",
  "a{1001}",
  "\\x{10FFFF}",
  "[a-z]{99}",
  "[^/]{60}",
  "\\W{60}",
  ".{60}",
  "(?i)".concat("abcd".repeat(30)),
  "x".repeat(120),
  "(\\d{1,3}\\.){30}",
  "é".repeat(60),
  "(?s).{110}",
  "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
  "[^/]{990}[^/]{990}",
  "[^/]{1000}[^/]{1000}",
  "x{1000}x{1000}x{1000}x{990}",
  "x{1000}x{1000}x{1000}x{1000}x{10}",
] as const;

/** The model's estimate of a program's size is an upper bound, so these are refused although Envoy takes them. */
const STRICTER = ["[a-zA-Z]{1000}[a-zA-Z]{1000}", "\\C"] as const;

function envoyTakes(expression: string): boolean {
  const path = join(folder, "envoy.json");
  writeFileSync(path, JSON.stringify(configWith(expression)));
  try {
    execFileSync(envoy ?? "", ["--mode", "validate", "-c", path, "-l", "off"], { stdio: "pipe", timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

function configWith(regex: string): object {
  const type = (name: string) => `type.googleapis.com/envoy.extensions.filters.${name}`;
  const route = { match: { safe_regex: { regex } }, direct_response: { status: 200 } };
  const manager = {
    "@type": type("network.http_connection_manager.v3.HttpConnectionManager"),
    stat_prefix: "regex",
    route_config: { virtual_hosts: [{ name: "all", domains: ["*"], routes: [route] }] },
    http_filters: [{ name: "router", typed_config: { "@type": type("http.router.v3.Router") } }],
  };
  const address = { socket_address: { address: "127.0.0.1", port_value: 0 } };
  const listener = { name: "l", address, filter_chains: [{ filters: [{ name: "http", typed_config: manager }] }] };
  // As the bootstrap of a sidecar has it (server/inject/bootstrap.ts).
  const limit = { "re2.max_program_size.error_level": PROGRAM_SIZE_LIMIT };
  return {
    static_resources: { listeners: [listener] },
    layered_runtime: { layers: [{ name: "static", static_layer: limit }] },
  };
}

describe.skipIf(!envoy)("expressions in the model and in Envoy", () => {
  it.each(AGREED)("%s", (expression) => {
    expect(envoyTakes(expression)).toBe(regexOf(expression).ok);
  });

  it.each(STRICTER)("%s is refused by the model alone", (expression) => {
    expect(regexOf(expression).ok).toBe(false);
    expect(envoyTakes(expression)).toBe(true);
  });
});
