import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createKubeApi } from "@/server/local/api/server";
import { CRD_FOLDER, startEmbedded, TOKEN, tempFolder } from "../support/kube-api";

const MAPS = { group: "", version: "v1", plural: "configmaps" };
const map = (name: string) => ({ metadata: { name, namespace: "default" }, data: { k: "v" } });
let folder: string;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a restart keeps objects, uids and goes on counting revisions", async () => {
  const before = await startEmbedded(folder);
  const made = await before.store.create(MAPS, map("m"));
  await before.close();
  const after = await startEmbedded(folder);
  expect(after.warnings).toEqual([]);
  expect(after.store.get(MAPS, { namespace: "default", name: "m" })).toEqual(made);
  const next = await after.store.create(MAPS, map("n"));
  expect(Number(next.metadata.resourceVersion)).toBeGreaterThan(Number(made.metadata.resourceVersion));
  await after.close();
});

test("a change is on disk soon, without being closed", async () => {
  const api = await startEmbedded(folder);
  await api.store.create(MAPS, map("written"));
  await expect.poll(() => readFileSync(join(folder, "state.json"), "utf8"), { timeout: 5000 }).toContain("written");
  await api.close();
});

test("a state cut short is set aside and said, and its revisions are not used again", async () => {
  const before = await startEmbedded(folder);
  const made = await before.store.create(MAPS, map("m"));
  await before.close();
  truncateSync(join(folder, "state.json"), 500);
  const after = await startEmbedded(folder);
  expect(after.warnings).toHaveLength(1);
  expect(after.warnings[0]).toContain("could not be read");
  expect(readdirSync(folder).filter((file) => file.startsWith("state.json.corrupt-"))).toHaveLength(1);
  const next = await after.store.create(MAPS, map("m"));
  expect(Number(next.metadata.resourceVersion)).toBeGreaterThan(Number(made.metadata.resourceVersion));
  await after.close();
});

test("a file that is no state is set aside", async () => {
  writeFileSync(join(folder, "state.json"), '{"something":"else"}');
  const api = await startEmbedded(folder);
  expect(api.warnings[0]).toContain("it is not a state file");
  await api.close();
});

test("an end between writing and renaming leaves the last whole state", async () => {
  const before = await startEmbedded(folder);
  await before.store.create(MAPS, map("m"));
  await before.close();
  writeFileSync(join(folder, "state.json.partial"), '{"format":1,"cle');
  const after = await startEmbedded(folder);
  expect(after.warnings).toEqual([]);
  expect(after.store.get(MAPS, { namespace: "default", name: "m" }).metadata.name).toBe("m");
  await after.close();
});

test("a folder that cannot be used is one error that names it", async () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  await expect(startEmbedded(join(file, "inside"))).rejects.toMatchObject({
    name: "AppError",
    message: expect.stringContaining(`cannot keep its state in ${join(file, "inside")}`),
  });
  const taken = join(folder, "taken");
  mkdirSync(join(taken, "state.json.partial"), { recursive: true });
  chmodSync(taken, 0o700);
  await expect(startEmbedded(taken)).rejects.toMatchObject({
    message: expect.stringContaining("cannot keep its state"),
  });
});

test("only loopback is listened on, only with a token", async () => {
  await expect(startEmbedded(folder, { host: "0.0.0.0" })).rejects.toMatchObject({
    message: expect.stringContaining("loopback addresses only"),
  });
  await expect(startEmbedded(folder, { token: "" })).rejects.toMatchObject({ name: "AppError" });
  const first = await startEmbedded(folder);
  await expect(
    createKubeApi({
      host: "127.0.0.1",
      port: first.port,
      dataFolder: join(folder, "second"),
      token: TOKEN,
      crdFolder: CRD_FOLDER,
      log: { info: () => {}, warn: () => {} },
      podLogs: () => Promise.resolve(null),
    }),
  ).rejects.toMatchObject({ message: expect.stringContaining("is taken") });
  await first.close();
});
