// Bundles every process Meshdeck starts into dist/. npm packages stay outside: they are loaded from node_modules.
import { existsSync } from "node:fs";
import { build } from "esbuild";

const entries = {
  controller: "server/controller/main.ts",
  local: "server/local/main.ts",
  "demo-app": "server/local/demo/main.ts",
  guardian: "server/local/supervisor/guardian.ts",
};

await build({
  entryPoints: Object.fromEntries(Object.entries(entries).filter(([, path]) => existsSync(path))),
  outdir: "dist",
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  format: "esm",
  sourcemap: true,
  logLevel: "warning",
  tsconfig: "tsconfig.json",
});
