import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)) };
const real = { testTimeout: 60_000, hookTimeout: 180_000, maxWorkers: 2 };

// unit: beside the code, no process and no network. The others start real components, and wait more than they work: two
// files run at a time, but where time is the subject (integration, e2e).
export default defineConfig({
  resolve: { alias: { "@/": `${alias["@"]}` } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          // Pure code for the most part: one worker for many files, where a fresh one for each took three times as long.
          isolate: false,
          setupFiles: ["test/support/unit-setup.ts"],
          include: ["{lib,server,components,app,scripts}/**/*.test.{ts,tsx}", "test/golden/**/*.test.ts"],
        },
      },
      { extends: true, test: { ...real, name: "contract", include: ["test/contract/**/*.test.ts"] } },
      {
        extends: true,
        test: { ...real, fileParallelism: false, name: "integration", include: ["test/integration/**/*.test.ts"] },
      },
      { extends: true, test: { ...real, fileParallelism: false, name: "e2e", include: ["test/e2e/**/*.test.ts"] } },
      // Not of `npm test`: what it takes is not on every machine.
      { extends: true, test: { ...real, name: "judges", include: ["test/judges/**/*.test.ts"] } },
      { extends: true, test: { ...real, name: "pages", include: ["test/pages/**/*.test.ts"] } },
    ],
  },
});
