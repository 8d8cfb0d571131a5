import { expect, test } from "vitest";
import { textAt } from "@/server/local/api/object";
import { onEveryApi } from "../support/kube-api";

const TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

onEveryApi("watches", (suite) => {
  const maps = async () => `/api/v1/namespaces/${await suite.namespace()}/configmaps`;
  const make = (path: string, name: string, labels: object = {}) =>
    suite.api.post(path, { metadata: { name, labels } });
  const version = (body: unknown) => textAt(body, "metadata", "resourceVersion");

  test("from a list's resourceVersion on, every change in order", async () => {
    const path = await maps();
    const list = await suite.api.get(path);
    await make(path, "a");
    const watch = await suite.api.watch(
      `${path}?watch=true&fieldSelector=metadata.name=a&resourceVersion=${version(list.body)}`,
    );
    await suite.api.patch(`${path}/a`, "merge", { data: { k: "1" } });
    const deleted = suite.api.delete(`${path}/a`);
    expect(await watch.next()).toMatchObject({ type: "ADDED", object: { kind: "ConfigMap", metadata: { name: "a" } } });
    const modified = await watch.next();
    expect(modified).toMatchObject({ type: "MODIFIED", object: { data: { k: "1" } } });
    await deleted;
    const gone = await watch.next();
    expect(gone).toMatchObject({ type: "DELETED", object: { data: { k: "1" } } });
    expect(Number(version(gone.object))).toBeGreaterThan(Number(version(modified.object)));
    watch.stop();
  });

  test("without a resourceVersion it begins with what is there", async () => {
    const path = await maps();
    await make(path, "a");
    for (const query of ["watch=true&", "watch=true&resourceVersion=0&"]) {
      const watch = await suite.api.watch(`${path}?${query}fieldSelector=metadata.name=a`);
      expect(await watch.next()).toMatchObject({ type: "ADDED", object: { metadata: { name: "a" } } });
      watch.stop();
    }
  });

  test("sendInitialEvents ends the initial list with a bookmark", async () => {
    const path = await maps();
    await make(path, "a", { pick: "me" });
    const query = "watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
    const watch = await suite.api.watch(`${path}?${query}&labelSelector=pick%3Dme`);
    expect(await watch.next()).toMatchObject({ type: "ADDED", object: { metadata: { name: "a" } } });
    expect(await watch.next()).toMatchObject({
      type: "BOOKMARK",
      object: { kind: "ConfigMap", metadata: { annotations: { "k8s.io/initial-events-end": "true" } } },
    });
    watch.stop();
  });

  test("with a selector, coming to fit is ADDED and ceasing to is DELETED", async () => {
    const path = await maps();
    const made = await make(path, "a");
    const watch = await suite.api.watch(`${path}?watch=true&labelSelector=on&resourceVersion=${version(made.body)}`);
    await suite.api.patch(`${path}/a`, "merge", { metadata: { labels: { on: "1" } } });
    await suite.api.patch(`${path}/a`, "merge", { metadata: { labels: { on: null } } });
    expect(await watch.next()).toMatchObject({ type: "ADDED" });
    expect(await watch.next()).toMatchObject({ type: "DELETED" });
    watch.stop();
  });

  test("timeoutSeconds ends it", async () => {
    const path = await maps();
    const started = Date.now();
    const watch = await suite.api.watch(`${path}?watch=true&timeoutSeconds=1`);
    await watch.ended;
    expect(Date.now() - started).toBeLessThan(4000);
  });

  test("events are tables when asked so", async () => {
    const path = await maps();
    await make(path, "a");
    const watch = await suite.api.watch(`${path}?watch=true&fieldSelector=metadata.name=a`, TABLE);
    expect(await watch.next()).toMatchObject({
      type: "ADDED",
      object: { kind: "Table", rows: [{ cells: ["a", 0, expect.any(String)] }] },
    });
    watch.stop();
  });

  suite.having("compaction")("a resourceVersion that is no longer kept is 410, also of a continue token", async () => {
    const path = await maps();
    const first = await make(path, "a");
    await make(path, "b");
    const page = await suite.api.get(`${path}?limit=1`);
    for (let i = 0; i < 4100; i += 1) await suite.api.patch(`${path}/a`, "merge", { data: { i: String(i) } });
    const watch = await suite.api.watch(`${path}?watch=true&resourceVersion=${version(first.body)}`);
    expect(await watch.next()).toMatchObject({ type: "ERROR", object: { code: 410, reason: "Expired" } });
    await watch.ended;
    const rest = await suite.api.get(`${path}?limit=1&continue=${textAt(page.body, "metadata", "continue")}`);
    expect(rest).toMatchObject({ status: 410, body: { reason: "Expired" } });
  });
});
