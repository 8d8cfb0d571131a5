import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFakeCluster } from "../../test/support/fake-cluster";
import { CONFIG_MAPS } from "./cluster";
import { applyManifests, openAppliedMemory, readManifests } from "./manifests";

describe("manifests", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "meshdeck-manifests-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const map = (name: string, value: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {value: ${value}}\n`;
  const apply = async (store: ReturnType<typeof createFakeCluster>, update: boolean, file: string) => {
    const memory = openAppliedMemory(join(folder, "applied.json"));
    await applyManifests(readManifests([file]), { store, memory, update });
  };

  it("reads folders in order, several documents and lists", () => {
    mkdirSync(join(folder, "d"));
    writeFileSync(join(folder, "d", "b.yaml"), `${map("two", "x")}---\n---\n${map("three", "x")}`);
    writeFileSync(
      join(folder, "d", "a.yaml"),
      "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Namespace, metadata: {name: one}}\n",
    );
    writeFileSync(join(folder, "d", "readme.md"), "no");
    expect(readManifests([join(folder, "d")]).map(({ object }) => object.metadata.name)).toEqual([
      "one",
      "two",
      "three",
    ]);
  });

  it("names the file that cannot be used and why", () => {
    expect(() => readManifests([join(folder, "no.yaml")])).toThrow(/no\.yaml cannot be used: there is no such file/);
    writeFileSync(join(folder, "bad.yaml"), "a: [1\n");
    expect(() => readManifests([join(folder, "bad.yaml")])).toThrow(/it is no YAML/);
    writeFileSync(join(folder, "bad.yaml"), "kind: Pod\n");
    expect(() => readManifests([join(folder, "bad.yaml")])).toThrow(/no apiVersion, kind or metadata.name/);
  });

  it("leaves what a person changed or deleted alone at the next start", async () => {
    const store = createFakeCluster();
    const file = join(folder, "m.yaml");
    writeFileSync(file, `${map("edited", "shipped")}---\n${map("deleted", "shipped")}`);
    await apply(store, false, file);
    await store.merge(CONFIG_MAPS, { namespace: "default", name: "edited" }, { data: { value: "mine" } });
    await store.delete(CONFIG_MAPS, { namespace: "default", name: "deleted" });
    for (const update of [false, true]) {
      await apply(store, update, file);
      expect((await store.list(CONFIG_MAPS)).map((one) => [one.metadata.name, one.data])).toEqual([
        ["edited", { value: "mine" }],
      ]);
    }
  });

  it("merges a manifest that changed, when asked to", async () => {
    const store = createFakeCluster();
    const file = join(folder, "m.yaml");
    writeFileSync(file, map("one", "first"));
    await apply(store, true, file);
    writeFileSync(file, map("one", "second"));
    await apply(store, false, file);
    expect((await store.list(CONFIG_MAPS))[0]?.data).toEqual({ value: "first" });
    await apply(store, true, file);
    expect((await store.list(CONFIG_MAPS))[0]?.data).toEqual({ value: "second" });
  });
});
