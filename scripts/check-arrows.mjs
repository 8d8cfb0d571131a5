// The import arrows of docs/architecture.md, as a check that fails. An arrow that is not listed here does not exist.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

// First match wins: from the most particular folder to the most general one.
const rules = [
  {
    from: "lib/",
    may: ["lib/"],
    node: false,
    why: "lib is pure and isomorphic: move IO to server/, React to components/",
  },
  {
    from: "server/xds/build/",
    may: ["lib/", "server/xds/build/", "server/xds/gen/", "server/xds/names"],
    node: false,
    why: "the xDS build is pure: take values as arguments",
  },
  {
    from: "server/xds/",
    may: ["lib/", "server/xds/", "server/platform/"],
    why: "adapters do not import each other: wire them in server/controller/main.ts",
  },
  { from: "server/pki/policy", may: ["lib/", "server/pki/policy"], node: false, why: "the rotation policy is pure" },
  { from: "server/pki/", may: ["lib/", "server/pki/", "server/platform/"], why: "adapters do not import each other" },
  {
    from: "server/inject/decide",
    may: ["lib/", "server/inject/"],
    node: false,
    why: "deciding about injection is pure",
  },
  { from: "server/inject/patch", may: ["lib/", "server/inject/"], node: false, why: "the injection patch is pure" },
  { from: "server/inject/bootstrap", may: ["lib/", "server/inject/"], node: false, why: "the bootstrap is pure" },
  {
    from: "server/inject/",
    may: ["lib/", "server/inject/", "server/platform/"],
    why: "adapters do not import each other",
  },
  { from: "server/kube/", may: ["lib/", "server/kube/", "server/platform/"], why: "adapters do not import each other" },
  {
    from: "server/metrics/",
    may: ["lib/", "server/metrics/", "server/platform/"],
    why: "adapters do not import each other",
  },
  {
    from: "server/platform/",
    may: ["lib/", "server/platform/"],
    why: "the platform knows nothing of the mesh's parts",
  },
  {
    from: "server/controller/",
    may: [
      "lib/",
      "server/controller/",
      "server/kube/",
      "server/xds/",
      "server/pki/",
      "server/inject/",
      "server/metrics/",
      "server/platform/",
    ],
    why: "the controller never imports the dashboard or local mode",
  },
  {
    from: "server/web/",
    may: ["lib/", "server/web/", "server/kube/", "server/metrics/", "server/platform/"],
    why: "the dashboard's server reads the controller by its admin API",
  },
  {
    from: "server/local/",
    may: ["lib/", "server/local/", "server/kube/", "server/metrics/", "server/pki/", "server/platform/"],
    why: "local mode starts the controller and the dashboard as processes",
  },
  {
    from: "server/cli/",
    may: ["lib/", "server/cli/", "server/kube/", "server/metrics/", "server/platform/", "server/local/"],
    why: "commands use the adapters",
  },
  {
    from: "components/",
    may: ["components/", "lib/"],
    node: false,
    why: "components run in the browser: fetch by lib/contract",
  },
  {
    from: "app/",
    may: ["app/", "components/", "lib/", "server/web/"],
    why: "pages and routes call one verb of server/web",
  },
  { from: "proxy.ts", may: ["lib/", "server/web/"], why: "the request proxy is part of the dashboard" },
  { from: "instrumentation.ts", may: ["server/web/"], why: "the check before the start is part of the dashboard" },
  { from: "instrumentation-client.ts", may: ["components/"], node: false, why: "it is part of the pages" },
  { from: "test/", may: [""], why: "" },
  { from: "scripts/", may: ["scripts/"], why: "scripts run before anything is built" },
];

const SKIP = new Set(["node_modules", ".git", ".next", "dist", ".cache", ".meshdeck", "gen"]);
function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (SKIP.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.(ts|tsx|mjs)$/.test(entry.name)) yield path;
  }
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s*["']([^"']+)["']|(?:^|\n)\s*import\s*["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)/g;

let failures = 0;
function fail(file, target, why) {
  failures += 1;
  process.stderr.write(`${file}: may not import ${target} (${why})\n`);
}

for (const path of sources(root)) {
  const file = relative(root, path);
  const rule = rules.find((r) => file.startsWith(r.from));
  if (!rule || file.startsWith("scripts/")) continue;
  const isTest = /\.test\.tsx?$/.test(file);
  for (const match of readFileSync(path, "utf8").matchAll(IMPORT)) {
    const target = match[1] ?? match[2] ?? match[3];
    if (target.startsWith("@/") || target.startsWith(".")) {
      const local = target.startsWith("@/") ? target.slice(2) : relative(root, resolve(dirname(path), target));
      if (isTest && local.startsWith("test/")) continue;
      if (!rule.may.some((prefix) => local.startsWith(prefix))) fail(file, local, rule.why);
    } else if (
      rule.node === false &&
      !isTest &&
      (target.startsWith("node:") || target === "next" || target.startsWith("next/")) &&
      !(rule.from === "components/" && target.startsWith("next"))
    ) {
      fail(file, target, rule.why);
    } else if (rule.from === "lib/" && !isTest && /^(react|react-dom|recharts)(\/|$)/.test(target)) {
      fail(file, target, rule.why);
    }
  }
}
if (failures > 0) process.exit(1);
