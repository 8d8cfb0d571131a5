// What a fresh clone needs before anything else runs: the npm packages, the generated Envoy messages, the built bundles.
// Only Node's own modules here: this file runs before `npm ci` has. Every step is skipped when its inputs have not changed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamps = join(root, ".cache", "stamps");

export function say(text) {
  process.stderr.write(`meshdeck: ${text}\n`);
}

/** Runs a command to its end. Its output goes to standard error unless `print`; on failure prints what it said and stops this process with its exit code. */
export function run(command, args, options = {}) {
  const { quiet = false, print = false, env = {}, cwd = root } = options;
  const result = spawnSync(command, args, {
    cwd,
    stdio: quiet ? ["ignore", "pipe", "pipe"] : ["ignore", print ? 1 : 2, 2],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.status === 0) return;
  if (quiet) process.stderr.write(`${result.stdout ?? ""}${result.stderr ?? ""}`);
  const why = result.error ? result.error.message : `exit code ${result.status ?? result.signal}`;
  say(`\`${command} ${args.join(" ")}\` failed (${why}).`);
  process.exit(typeof result.status === "number" && result.status > 0 ? result.status : 1);
}

function* filesBelow(path) {
  const full = join(root, path);
  if (!existsSync(full)) return;
  if (statSync(full).isFile()) {
    yield full;
    return;
  }
  for (const entry of readdirSync(full, { withFileTypes: true })) {
    if (entry.name === "node_modules" || entry.name === "gen" || entry.name.startsWith(".")) continue;
    yield* filesBelow(join(path, entry.name));
  }
}

/** Hash of the names and contents of all files below `paths` (files or folders, relative to the repository). */
export function fingerprint(paths) {
  const hash = createHash("sha256").update(process.version);
  for (const path of paths) {
    for (const file of [...filesBelow(path)].sort()) {
      if (/\.test\.tsx?$/.test(file)) continue;
      hash.update(relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
    }
  }
  return hash.digest("hex");
}

/** Runs `work` unless it already succeeded for the same inputs and what it makes is still there. */
export function once(name, inputs, outputs, work) {
  const stamp = join(stamps, name);
  const wanted = fingerprint(inputs);
  const fresh = outputs.every((path) => existsSync(join(root, path)));
  if (fresh && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  rmSync(stamp, { force: true });
  work();
  mkdirSync(stamps, { recursive: true });
  writeFileSync(`${stamp}.tmp`, wanted);
  renameSync(`${stamp}.tmp`, stamp);
}

export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 9)) return;
  say(`Node ${process.versions.node} is too old. Install Node 20.9 or newer and run this again.`);
  process.exit(1);
}

export function installPackages() {
  requireNode();
  once("packages", ["package-lock.json"], ["node_modules/.package-lock.json"], () => {
    say("installing npm packages (once)");
    run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  });
}

/** Envoy's messages as TypeScript, from the .proto files that @grpc/grpc-js-xds ships. */
export function generateMessages() {
  once("generate", ["package-lock.json", "scripts/generate.mjs"], ["server/xds/gen"], () => {
    say("generating Envoy messages (once)");
    run(process.execPath, ["scripts/generate.mjs"], { quiet: true });
  });
}

const CODE = ["lib", "server", "tsconfig.json", "package-lock.json"];

export function buildServers() {
  once("servers", [...CODE, "scripts/build-servers.mjs"], ["dist"], () => {
    say("building the controller and local mode");
    run(process.execPath, ["scripts/build-servers.mjs"], { quiet: true });
  });
}

export function buildDashboard() {
  const inputs = [
    ...CODE,
    "app",
    "components",
    "public",
    "next.config.js",
    "postcss.config.mjs",
    "proxy.ts",
    "instrumentation.ts",
    "instrumentation-client.ts",
  ];
  once("dashboard", inputs, [".next/BUILD_ID"], () => {
    say("building the dashboard");
    run("npx", ["--no-install", "next", "build"], { quiet: true });
  });
}

export function setup() {
  installPackages();
  generateMessages();
  buildServers();
  buildDashboard();
}
