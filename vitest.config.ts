import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)) };
const real = { testTimeout: 60_000, hookTimeout: 180_000, fileParallelism: false };

// unit: beside the code, no process and no network. The others start real components. Where time or failure is the subject
// (contract, integration, e2e) one file runs at a time; what a person does in pages waits more than it works, so two do.
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
      { extends: true, test: { ...real, name: "integration", include: ["test/integration/**/*.test.ts"] } },
      { extends: true, test: { ...real, name: "e2e", include: ["test/e2e/**/*.test.ts"] } },
      // Not of `npm test`: what it takes is not on every machine.
      { extends: true, test: { ...real, name: "judges", include: ["test/judges/**/*.test.ts"] } },
      {
        extends: true,
        test: { ...real, fileParallelism: true, maxWorkers: 2, name: "pages", include: ["test/pages/**/*.test.ts"] },
      },
    ],
  },
});
