import { expect, test } from "vitest";
import { at, listAt, textAt } from "@/server/local/api/object";
import { onEveryApi } from "../support/kube-api";
import { connect } from "../support/kube-api-client";

const AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";
const field = (number: number, bytes: Buffer) => Buffer.concat([Buffer.from([number * 8 + 2, bytes.length]), bytes]);
const text = (number: number, value: string) => field(number, Buffer.from(value));

/** A ConfigMap as typed clients send it: `k8s\0` and a runtime.Unknown. */
function protobufMap(name: string): Buffer {
  const typeMeta = Buffer.concat([text(1, "v1"), text(2, "ConfigMap")]);
  const entry = Buffer.concat([text(1, "k"), text(2, "v")]);
  const object = Buffer.concat([field(1, text(1, name)), field(2, entry)]);
  return Buffer.concat([Buffer.from("k8s\0"), field(1, typeMeta), field(2, object)]);
}

onEveryApi("access and description", (suite) => {
  test("without the token it is 401", async () => {
    for (const token of ["", "wrong"]) {
      const stranger = connect({ url: suite.running.url, caPem: suite.running.caPem, token });
      expect(await stranger.get("/api/v1/namespaces")).toMatchObject({ status: 401, body: { reason: "Unauthorized" } });
      stranger.close();
    }
  });

  suite.having("loopbackHosts")("a Host that is not loopback is refused", async () => {
    const answer = await suite.api.call("GET", "/version", { headers: { host: "evil.example:1" } });
    expect(answer.status).toBe(403);
  });

  test("version and health", async () => {
    expect((await suite.api.get("/version")).body).toMatchObject({ major: "1" });
    for (const path of ["/healthz", "/readyz", "/livez"]) expect((await suite.api.get(path)).text).toBe("ok");
  });

  test("discovery, aggregated and legacy, tells the same kinds", async () => {
    const { body } = await suite.api.call("GET", "/apis", { accept: AGGREGATED });
    const apps = listAt(body, "items").find((one) => textAt(one, "metadata", "name") === "apps");
    const resources = listAt(listAt(apps, "versions")[0], "resources");
    const deployments = resources.find((one) => textAt(one, "resource") === "deployments");
    expect(deployments).toMatchObject({
      scope: "Namespaced",
      responseKind: { kind: "Deployment" },
      shortNames: ["deploy"],
    });
    const legacy = await suite.api.get("/apis/apps/v1");
    const names = listAt(legacy.body, "resources").map((one) => textAt(one, "name"));
    expect(names).toEqual(expect.arrayContaining(["deployments", "deployments/scale", "deployments/status"]));
    const groups = listAt((await suite.api.get("/apis")).body, "groups").map((one) => textAt(one, "name"));
    expect(groups).toEqual(expect.arrayContaining(["apps", "discovery.k8s.io", "apiextensions.k8s.io"]));
    expect((await suite.api.get("/api")).body).toMatchObject({ kind: "APIVersions", versions: ["v1"] });
  });

  test("OpenAPI v3 describes each kind", async () => {
    const paths = at((await suite.api.get("/openapi/v3")).body, "paths");
    const url = textAt(paths, "apis/apps/v1", "serverRelativeURL");
    const document = (await suite.api.get(url)).body;
    expect(at(document, "components", "schemas", "io.k8s.api.apps.v1.Deployment")).toMatchObject({
      "x-kubernetes-group-version-kind": [{ group: "apps", version: "v1", kind: "Deployment" }],
    });
  });

  test("SelfSubjectAccessReview says what the caller may", async () => {
    const answer = await suite.api.post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", {
      spec: { resourceAttributes: { verb: "create", resource: "pods", namespace: "default" } },
    });
    expect(answer).toMatchObject({ status: 201, body: { status: { allowed: true } } });
  });

  test("bodies in protobuf are read", async () => {
    const path = `/api/v1/namespaces/${await suite.namespace()}/configmaps`;
    const type = "application/vnd.kubernetes.protobuf";
    const made = await suite.api.call("POST", path, { body: protobufMap("from-proto"), type });
    expect(made).toMatchObject({ status: 201, body: { metadata: { name: "from-proto" }, data: { k: "v" } } });
  });

  suite.having("podLogs")("logs: whole, tailed, followed, of a run before", async () => {
    const path = `/api/v1/namespaces/${await suite.namespace()}/pods`;
    await suite.api.post(path, { metadata: { name: "p" }, spec: { containers: [{ name: "c", image: "i:1" }] } });
    expect((await suite.api.get(`${path}/p/log`)).text).toBe("one\ntwo\nthree\n");
    expect((await suite.api.get(`${path}/p/log?container=c&tailLines=1`)).text).toBe("three\n");
    expect((await suite.api.get(`${path}/p/log?follow=true`)).text).toBe("one\ntwo\nthree\nfour\n");
    expect((await suite.api.get(`${path}/p/log?previous=true`)).status).toBe(400);
    expect((await suite.api.get(`${path}/p/log?container=other`)).status).toBe(400);
    expect((await suite.api.get(`${path}/none/log`)).status).toBe(404);
  });
});
