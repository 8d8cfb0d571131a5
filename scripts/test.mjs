// `npm test`: sets up what the suites need, runs the checks and every suite, and ends with one line of totals.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { components } from "./components.mjs";
import { failures } from "./failures.mjs";
import { root, run, say, setup } from "./setup.mjs";

setup();
const env = { ...process.env, ...components() };
run("npx", ["--no-install", "biome", "check", "."]);
run(process.execPath, ["scripts/check-arrows.mjs"]);
run("npx", ["--no-install", "tsc", "--noEmit"]);
run("npx", ["--no-install", "knip"]);

const results = join(root, ".cache", "test-results");
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

let passed = 0;
let failed = 0;
let skipped = 0;
let broken = false;
const whatFailed = [];
for (const project of ["unit", "contract", "integration", "e2e", "pages"]) {
  const report = join(results, `${project}.json`);
  const result = spawnSync(
    "npx",
    [
      "--no-install",
      "vitest",
      "run",
      "--passWithNoTests",
      "--project",
      project,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ],
    { cwd: root, stdio: ["ignore", 2, 2], env },
  );
  let totals;
  try {
    totals = JSON.parse(readFileSync(report, "utf8"));
  } catch {
    say(`the ${project} suite left no report (exit code ${result.status}).`);
    broken = true;
    continue;
  }
  passed += totals.numPassedTests;
  failed += totals.numFailedTests;
  whatFailed.push(...failures(totals, root));
  skipped += totals.numPendingTests + totals.numTodoTests;
  // A file that fails to load has no tests to count: vitest says so only by its exit code.
  if (result.status !== 0 && totals.numFailedTests === 0) failed += Math.max(1, totals.numFailedTestSuites);
}
if (process.env.CI && skipped > 0) {
  say("nothing may be skipped in CI.");
  broken = true;
}
for (const failure of whatFailed) process.stdout.write(`${failure}\n`);
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exit(failed > 0 || broken || passed === 0 ? 1 : 0);
