// `npm run stores`: the suites that ask a metrics store, on Thanos and Mimir too. They take too long to build for every run
// of the tests: the binaries have to be named.
import { existsSync } from "node:fs";
import { components } from "./components.mjs";
import { run, say, setup } from "./setup.mjs";

const WANTED = { MESHDECK_THANOS: "a thanos binary", MESHDECK_MIMIR: "a mimir binary" };
const SUITES = ["metrics", "metrics-access", "metrics-scrape", "telemetry"];

for (const [variable, what] of Object.entries(WANTED)) {
  const path = process.env[variable];
  if (path && existsSync(path)) continue;
  say(`${variable} ${path ? `is ${path}, which does not exist` : "is not set"}: set it to the path of ${what}.`);
  process.exit(1);
}
setup();
const env = components();
if (!env.MESHDECK_PROMETHEUS) {
  say("Thanos reads a Prometheus: set MESHDECK_PROMETHEUS to the path of a prometheus binary.");
  process.exit(1);
}
const files = SUITES.map((name) => `test/contract/${name}.test.ts`);
run("npx", ["--no-install", "vitest", "run", "--project", "contract", ...files], { env, print: true });
