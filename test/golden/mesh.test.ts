/** Every folder of test/golden/mesh: input.yaml translated is model.json. UPDATE_GOLDEN=1 writes what comes out. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { MeshModel } from "@/lib/mesh/model";
import { PROBLEM_SEVERITY } from "@/lib/mesh/problems";
import { translate } from "@/lib/mesh/translate";
import { loadMeshInput } from "./load";

const folder = join(import.meta.dirname, "mesh");
const cases = readdirSync(folder).sort();

describe("golden models", () => {
  it.each(cases)("%s", (name) => {
    const { objects, options } = loadMeshInput(join(folder, name, "input.yaml"));
    const model = translate(objects, options);
    const path = join(folder, name, "model.json");
    if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(path, `${JSON.stringify(model, null, 2)}\n`);
    expect(existsSync(path), `${path} is missing: run with UPDATE_GOLDEN=1 and read what it writes`).toBe(true);
    expect(model).toEqual(JSON.parse(readFileSync(path, "utf8")));
  });

  it("show every problem there is", () => {
    const shown = new Set(
      cases.flatMap((name) => {
        const model: MeshModel = JSON.parse(readFileSync(join(folder, name, "model.json"), "utf8"));
        return model.problems.map((problem) => problem.code);
      }),
    );
    expect([...shown].sort()).toEqual(Object.keys(PROBLEM_SEVERITY).sort());
  });
});
