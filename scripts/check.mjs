// `npm run check`: what must hold before a commit, in under a minute. Stops at the first step that fails.
import { generateMessages, installPackages, run } from "./setup.mjs";

installPackages();
generateMessages();
run("npx", ["--no-install", "biome", "check", "."]);
run(process.execPath, ["scripts/check-arrows.mjs"]);
run("npx", ["--no-install", "tsc", "--noEmit"]);
run("npx", ["--no-install", "knip"]);
run("npx", ["--no-install", "vitest", "run", "--project", "unit", "--reporter=dot"]);
