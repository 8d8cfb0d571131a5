import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Route } from "@/lib/contract/route";
import { ROUTES } from "@/lib/contract/routes";

const table = Object.values(ROUTES as Readonly<Record<string, Route>>).map(({ method, path }) => `${method} ${path}`);

const files = ["app/api", "app/metrics"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith("route.ts"))
    .map((name) => `${folder}/${name}`),
);

/** `app/api/smi/[plural]/route.ts` as the table writes it. */
function pathOf(file: string): string {
  return file
    .replace(/^app/, "")
    .replace(/\/route\.ts$/, "")
    .replace(/\[(\w+)\]/g, "{$1}");
}

function exportsOf(file: string): { method: string; made: string }[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/^export (?:const|async function|function) (\w+)(?: = (\w+))?/gm)].map((found) => ({
    method: found[1] ?? "",
    made: found[2] ?? "",
  }));
}

describe("the table of routes", () => {
  it("has every route file and method, and nothing else", () => {
    const served = files.flatMap((file) => exportsOf(file).map(({ method }) => `${method} ${pathOf(file)}`));
    expect(served.sort()).toEqual([...table].sort());
  });

  it("is what every handler is made by, so that none goes without the guard", () => {
    for (const file of files) {
      for (const { method, made } of exportsOf(file))
        expect(`${file} ${method} ${made}`).toBe(`${file} ${method} handle`);
    }
  });

  it("takes only queries it knows", () => {
    for (const [name, { query }] of Object.entries(ROUTES as Readonly<Record<string, Route>>)) {
      if (query) expect(query.safeParse({ surely: "not" }).success, name).toBe(false);
    }
  });
});
