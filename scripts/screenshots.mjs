// `npm run screenshots`: every page of the running demo in both themes and at both sizes, into .cache/screenshots;
// `-- --docs`: only those the README shows, into docs/images; `-- NAME...`: only those pages.
import { components } from "./components.mjs";
import { run, setup } from "./setup.mjs";

setup();
run("npx", ["--no-install", "tsx", "test/screenshots.ts", ...process.argv.slice(2)], { env: components() });
