import { expect, test } from "vitest";
import { at, listAt, textAt } from "@/server/local/api/object";
import { onEveryApi, until } from "../support/kube-api";

const GROUP = "contract.meshdeck.io";
const schema = {
  type: "object",
  properties: {
    spec: {
      type: "object",
      required: ["size"],
      properties: {
        size: { type: "integer", minimum: 1 },
        color: { type: "string", enum: ["red", "blue"], default: "red" },
        replicas: { type: "integer" },
      },
    },
    status: { type: "object", properties: { replicas: { type: "integer" } } },
  },
};
const subresources = {
  status: {},
  scale: { specReplicasPath: ".spec.replicas", statusReplicasPath: ".status.replicas" },
};
const version = (name: string, storage: boolean) => ({
  name,
  served: true,
  storage,
  schema: { openAPIV3Schema: schema },
  subresources,
  additionalPrinterColumns: [{ name: "Size", type: "integer", jsonPath: ".spec.size" }],
});
const DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

onEveryApi("custom resources", (suite) => {
  /** A definition of its own, and the path of its objects in a new namespace. */
  async function defined(): Promise<string> {
    const plural = `widgets${Math.random().toString(36).slice(2, 9)}`;
    const made = await suite.api.post(DEFINITIONS, {
      metadata: { name: `${plural}.${GROUP}` },
      spec: {
        group: GROUP,
        scope: "Namespaced",
        names: { plural, kind: `W${plural}` },
        versions: [version("v1", true), version("v1beta1", false)],
      },
    });
    expect(made.status).toBe(201);
    const path = `/apis/${GROUP}/v1/namespaces/${await suite.namespace()}/${plural}`;
    await until(
      async () => (await suite.api.get(path)).status,
      (status) => status === 200,
    );
    return path;
  }

  test("are validated with causes, pruned and defaulted", async () => {
    const path = await defined();
    const kind = textAt((await suite.api.get(path)).body, "kind").replace(/List$/, "");
    const body = (spec: object, apiVersion = `${GROUP}/v1`) => ({ apiVersion, kind, metadata: { name: "w" }, spec });
    const refused = await suite.api.post(path, body({ size: 0, color: "green" }));
    expect(refused).toMatchObject({ status: 422, body: { reason: "Invalid" } });
    const fields = listAt(refused.body, "details", "causes").map((one) => textAt(one, "field"));
    expect(fields.sort()).toEqual(["spec.color", "spec.size"]);
    expect(await suite.api.post(path, body({}))).toMatchObject({
      status: 422,
      body: { details: { causes: [{ reason: "FieldValueRequired", field: "spec.size" }] } },
    });
    const made = await suite.api.post(path, body({ size: 2, extra: true }));
    expect(at(made.body, "spec")).toEqual({ size: 2, color: "red" });

    const other = await suite.api.get(`${path.replace("/v1/", "/v1beta1/")}/w`);
    expect(other.body).toMatchObject({ apiVersion: `${GROUP}/v1beta1`, spec: { size: 2 } });
    const status = await suite.api.patch(`${path}/w/status`, "merge", { spec: { size: 9 }, status: { replicas: 3 } });
    expect(status.body).toMatchObject({ spec: { size: 2 }, status: { replicas: 3 }, metadata: { generation: 1 } });
    const scaled = await suite.api.patch(`${path}/w/scale`, "merge", { spec: { replicas: 4 } });
    expect(scaled.body).toMatchObject({ kind: "Scale", spec: { replicas: 4 }, status: { replicas: 3 } });
    expect((await suite.api.patch(`${path}/w`, "strategic", {})).status).toBe(415);

    const table = await suite.api.call("GET", path, { accept: "application/json;as=Table;v=v1;g=meta.k8s.io" });
    expect(listAt(table.body, "columnDefinitions").map((one) => textAt(one, "name"))).toEqual(["Name", "Size"]);
    expect(listAt(table.body, "rows")[0]).toMatchObject({ cells: ["w", 2] });
  });

  test("go with their definition", async () => {
    const path = await defined();
    const plural = path.split("/").at(-1) ?? "";
    expect((await suite.api.delete(`${DEFINITIONS}/${plural}.${GROUP}`)).status).toBe(200);
    await until(
      async () => (await suite.api.get(path)).status,
      (code) => code === 404,
    );
  });
});
