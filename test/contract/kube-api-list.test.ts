import { expect, test } from "vitest";
import { at, listAt, textAt } from "@/server/local/api/object";
import { onEveryApi } from "../support/kube-api";

const TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
const names = (body: unknown) => listAt(body, "items").map((one) => textAt(one, "metadata", "name"));

onEveryApi("lists", (suite) => {
  async function five(): Promise<string> {
    const path = `/api/v1/namespaces/${await suite.namespace()}/secrets`;
    for (const [name, labels] of [
      ["a", { tier: "front", env: "dev" }],
      ["b", { tier: "back", env: "dev" }],
      ["c", { tier: "back", env: "prod" }],
      ["d", { env: "prod" }],
      ["e", {}],
    ] as const) {
      await suite.api.post(path, { metadata: { name, labels }, type: name === "e" ? "other/type" : "Opaque" });
    }
    return path;
  }

  test("label selectors of every form", async () => {
    const path = await five();
    const selected = async (selector: string) =>
      names((await suite.api.get(`${path}?labelSelector=${encodeURIComponent(selector)}`)).body).join("");
    expect(await selected("tier=back")).toBe("bc");
    expect(await selected("tier==back,env!=dev")).toBe("c");
    expect(await selected("tier in (front, back)")).toBe("abc");
    expect(await selected("tier notin (front)")).toBe("bcde");
    expect(await selected("tier")).toBe("abc");
    expect(await selected("!tier")).toBe("de");
    expect(await selected("!tier,env")).toBe("d");
    for (const wrong of ["tier in front", "=x", "a b"]) {
      expect((await suite.api.get(`${path}?labelSelector=${encodeURIComponent(wrong)}`)).status, wrong).toBe(400);
    }
  });

  test("field selectors, and a 400 for fields that cannot be selected", async () => {
    const path = await five();
    const selected = async (selector: string) => names((await suite.api.get(`${path}?fieldSelector=${selector}`)).body);
    expect(await selected("metadata.name=b")).toEqual(["b"]);
    expect(await selected("metadata.name!=b,type=Opaque")).toEqual(["a", "c", "d"]);
    expect((await suite.api.get(`${path}?fieldSelector=data.x=1`)).status).toBe(400);
  });

  test("limit and continue go through all of it, each object once", async () => {
    const path = await five();
    const seen: string[] = [];
    let next = "";
    let pages = 0;
    do {
      const page = await suite.api.get(`${path}?limit=2&continue=${encodeURIComponent(next)}`);
      seen.push(...names(page.body));
      next = textAt(page.body, "metadata", "continue");
      pages += 1;
      if (pages === 1) expect(at(page.body, "metadata", "remainingItemCount")).toBe(3);
    } while (next !== "" && pages < 9);
    expect([pages, seen.join("")]).toEqual([3, "abcde"]);
    expect((await suite.api.get(`${path}?limit=2&continue=nonsense`)).status).toBe(400);
  });

  test("a list's resourceVersion is not behind its items'", async () => {
    const path = await five();
    const list = await suite.api.get(path);
    const newest = Math.max(
      ...listAt(list.body, "items").map((one) => Number(textAt(one, "metadata", "resourceVersion"))),
    );
    expect(Number(textAt(list.body, "metadata", "resourceVersion"))).toBeGreaterThanOrEqual(newest);
    expect(listAt((await suite.api.get(`${path}?resourceVersion=0`)).body, "items")).toHaveLength(5);
    const future = await suite.api.get(`${path}?resourceVersion=99999999`);
    expect(future).toMatchObject({ status: 504, body: { reason: "Timeout" } });
  });

  test("DELETE of a collection takes those selected", async () => {
    const path = await five();
    expect((await suite.api.delete(`${path}?labelSelector=env%3Dprod`)).status).toBe(200);
    expect(names((await suite.api.get(path)).body)).toEqual(["a", "b", "e"]);
  });

  test("tables have columns, and a row per object with its metadata", async () => {
    const path = await five();
    const { body } = await suite.api.call("GET", `${path}?limit=2`, { accept: TABLE });
    expect(body).toMatchObject({ kind: "Table", apiVersion: "meta.k8s.io/v1" });
    expect(listAt(body, "columnDefinitions").map((one) => textAt(one, "name"))).toEqual([
      "Name",
      "Type",
      "Data",
      "Age",
    ]);
    expect(listAt(body, "rows")).toHaveLength(2);
    expect(listAt(body, "rows")[0]).toMatchObject({
      cells: ["a", "Opaque", 0, expect.any(String)],
      object: { kind: "PartialObjectMetadata", metadata: { name: "a" } },
    });
    expect(textAt(body, "metadata", "continue")).not.toBe("");
    const one = await suite.api.call("GET", `${path}/b?includeObject=Object`, { accept: TABLE });
    expect(listAt(one.body, "rows")[0]).toMatchObject({ object: { kind: "Secret", metadata: { name: "b" } } });
  });

  test("objects are given as metadata only when asked so", async () => {
    const path = await five();
    const accept = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";
    const { body } = await suite.api.call("GET", path, { accept });
    expect(body).toMatchObject({ kind: "PartialObjectMetadataList" });
    expect(at(listAt(body, "items")[0], "type")).toBeUndefined();
  });
});
