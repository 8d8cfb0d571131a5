// `npm run bench` and `npm run bench:NAME`: prints the figures of one bench or of all. Not a test: nothing here fails on a number.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { components } from "./components.mjs";
import { root, run, say, setup } from "./setup.mjs";

const [name, ...args] = process.argv.slice(2);
const names = readdirSync(join(root, "test/bench"))
  .filter((file) => file.endsWith(".bench.ts"))
  .map((file) => file.replace(".bench.ts", ""));
const wanted = name && !name.startsWith("-") ? [name] : names;
const flags = name?.startsWith("-") ? [name, ...args] : args;
for (const one of wanted) {
  if (!names.includes(one)) {
    say(`there is no bench ${one}. There are: ${names.join(", ")}.`);
    process.exit(1);
  }
}
setup();
const env = components();
for (const one of wanted)
  run("npx", ["--no-install", "tsx", `test/bench/${one}.bench.ts`, ...flags], { env, print: true });
