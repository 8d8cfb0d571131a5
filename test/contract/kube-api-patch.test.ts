import { expect, test } from "vitest";
import { at, listAt, textAt } from "@/server/local/api/object";
import { onEveryApi } from "../support/kube-api";

const container = (name: string, more: object = {}) => ({ name, image: `example/${name}:1`, ...more });

onEveryApi("patches", (suite) => {
  async function deployment(): Promise<string> {
    const path = `/apis/apps/v1/namespaces/${await suite.namespace()}/deployments`;
    const env = [
      { name: "A", value: "1" },
      { name: "B", value: "2" },
    ];
    const labels = { app: "d" };
    const made = await suite.api.post(path, {
      metadata: { name: "d" },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [container("one", { env, ports: [{ containerPort: 80 }] }), container("two")] },
        },
      },
    });
    expect(made.status).toBe(201);
    return `${path}/d`;
  }
  const containers = (body: unknown) => listAt(body, "spec", "template", "spec", "containers");
  const template = (spec: object) => ({ spec: { template: { spec } } });

  test("strategic merge goes by the merge keys of lists", async () => {
    const path = await deployment();
    const patched = await suite.api.patch(
      path,
      "strategic",
      template({
        containers: [
          { name: "one", env: [{ name: "B", value: "3" }], ports: [{ containerPort: 81 }] },
          container("three"),
        ],
      }),
    );
    expect(patched.status).toBe(200);
    const all = containers(patched.body);
    expect(all.map((one) => textAt(one, "name")).sort()).toEqual(["one", "three", "two"]);
    const one = all.find((each) => textAt(each, "name") === "one");
    expect(one).toMatchObject({ image: "example/one:1" });
    const env = listAt(one, "env").map((entry) => `${textAt(entry, "name")}=${textAt(entry, "value")}`);
    expect(env.sort()).toEqual(["A=1", "B=3"]);
    expect(
      listAt(one, "ports")
        .map((port) => at(port, "containerPort"))
        .sort(),
    ).toEqual([80, 81]);
  });

  test("$patch deletes and replaces, null takes a field away", async () => {
    const path = await deployment();
    const without = await suite.api.patch(
      path,
      "strategic",
      template({ containers: [{ name: "two", $patch: "delete" }] }),
    );
    expect(containers(without.body).map((one) => textAt(one, "name"))).toEqual(["one"]);
    const whole = await suite.api.patch(
      path,
      "strategic",
      template({ containers: [{ $patch: "replace" }, container("new")] }),
    );
    expect(containers(whole.body).map((one) => textAt(one, "name"))).toEqual(["new"]);
    await suite.api.patch(path, "strategic", { metadata: { labels: { a: "1", b: "2" } } });
    const labels = await suite.api.patch(path, "strategic", { metadata: { labels: { a: null } } });
    expect(at(labels.body, "metadata", "labels")).toEqual({ b: "2" });
  });

  test("$retainKeys leaves one strategy's fields behind, $setElementOrder orders", async () => {
    const path = await deployment();
    const strategy = { $retainKeys: ["type"], type: "Recreate" };
    const recreated = await suite.api.patch(path, "strategic", { spec: { strategy } });
    expect(at(recreated.body, "spec", "strategy")).toEqual({ type: "Recreate" });
    const ordered = await suite.api.patch(
      path,
      "strategic",
      template({ "$setElementOrder/containers": [{ name: "two" }, { name: "one" }], containers: [{ name: "one" }] }),
    );
    expect(containers(ordered.body).map((one) => textAt(one, "name"))).toEqual(["two", "one"]);
  });

  test("merge patch replaces lists whole", async () => {
    const path = await deployment();
    const patched = await suite.api.patch(path, "merge", template({ containers: [container("only")] }));
    expect(containers(patched.body).map((one) => textAt(one, "name"))).toEqual(["only"]);
  });

  test("JSON patch: every operation, 422 for one that does not fit", async () => {
    const path = `/api/v1/namespaces/${await suite.namespace()}/configmaps`;
    await suite.api.post(path, { metadata: { name: "m" }, data: { a: "1", b: "2" } });
    const patched = await suite.api.patch(`${path}/m`, "json", [
      { op: "test", path: "/data/a", value: "1" },
      { op: "add", path: "/data/n", value: "3" },
      { op: "replace", path: "/data/a", value: "9" },
      { op: "move", from: "/data/b", path: "/data/moved" },
      { op: "copy", from: "/data/a", path: "/data/copy" },
      { op: "remove", path: "/data/n" },
      { op: "add", path: "/metadata/labels", value: { "example.org/x": "1" } },
      { op: "replace", path: "/metadata/labels/example.org~1x", value: "2" },
    ]);
    expect(at(patched.body, "data")).toEqual({ a: "9", moved: "2", copy: "9" });
    expect(patched.body).toMatchObject({ metadata: { labels: { "example.org/x": "2" } } });
    for (const operation of [
      { op: "remove", path: "/data/none" },
      { op: "test", path: "/data/a", value: "other" },
    ]) {
      expect((await suite.api.patch(`${path}/m`, "json", [operation])).status).toBe(422);
    }
    expect((await suite.api.patch(`${path}/m`, "json", { not: "a list" })).status).toBe(400);
    expect((await suite.api.patch(`${path}/none`, "merge", {})).status).toBe(404);
  });

  test("a patch of another type is 415", async () => {
    const path = await deployment();
    expect((await suite.api.call("PATCH", path, { body: {}, type: "application/json" })).status).toBe(415);
  });

  suite.having("noApply")("server-side apply is 415 and says what to do", async () => {
    const path = await deployment();
    const answer = await suite.api.call("PATCH", `${path}?fieldManager=me`, {
      body: {},
      type: "application/apply-patch+yaml",
    });
    expect(answer).toMatchObject({ status: 415, body: { reason: "UnsupportedMediaType" } });
    expect(textAt(answer.body, "message")).toContain("leave out --server-side");
  });
});
