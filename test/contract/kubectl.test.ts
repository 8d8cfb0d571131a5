/** kubectl itself against the embedded API. Needs MESHDECK_KUBECTL, the path of a kubectl of 1.20 or later. */
import { execFile } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { KubeApi } from "@/server/local/api/server";
import { startEmbedded, tempFolder } from "../support/kube-api";

const binary = process.env.MESHDECK_KUBECTL ?? "";
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "example/web:1" }] }
`;

describe.skipIf(binary === "")("kubectl", () => {
  const folder = tempFolder();
  let api: KubeApi;
  beforeAll(async () => {
    api = await startEmbedded(join(folder, "data"));
    writeFileSync(join(folder, "kubeconfig"), api.kubeconfig(), { mode: 0o600 });
    writeFileSync(join(folder, "web.yaml"), DEPLOYMENT);
  });
  afterAll(async () => {
    await api.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function kubectl(...args: readonly string[]): Promise<string> {
    const options = {
      env: { ...process.env, HOME: folder, KUBECONFIG: join(folder, "kubeconfig") },
      timeout: 30_000,
    };
    return new Promise((resolve, reject) => {
      execFile(binary, args, options, (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new Error(`kubectl ${args.join(" ")}: ${stderr || error.message}`));
      });
    });
  }

  // 1.20 validates against OpenAPI v2, which this API does not have.
  const apply = () => kubectl("apply", "--validate=false", "-f", join(folder, "web.yaml"));

  test("apply, get, scale, label, annotate, patch, delete", async () => {
    expect(await apply()).toContain("deployment.apps/web created");
    expect(await apply()).toContain("deployment.apps/web unchanged");
    expect(await kubectl("get", "deploy")).toMatch(/NAME\s+READY\s+UP-TO-DATE\s+AVAILABLE\s+AGE\nweb\s+0\/1/);
    await kubectl("scale", "deploy/web", "--replicas=3");
    await kubectl("label", "deploy/web", "a=b");
    await kubectl("annotate", "deploy/web", "c=d");
    await kubectl(
      "patch",
      "deploy/web",
      "-p",
      '{"spec":{"template":{"spec":{"containers":[{"name":"web","image":"example/web:2"}]}}}}',
    );
    const yaml = await kubectl("get", "deploy/web", "-o", "yaml");
    for (const part of ["replicas: 3", "a: b", "c: d", "image: example/web:2"]) expect(yaml).toContain(part);
    expect(await kubectl("describe", "deploy/web")).toContain("example/web:2");
    expect(await kubectl("delete", "deploy/web")).toContain('"web" deleted');
  });

  test("create, logs, wait, delete", async () => {
    await kubectl("create", "configmap", "m", "--from-literal=a=b");
    await kubectl("create", "namespace", "made");
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "p" },
      spec: { containers: [{ name: "c", image: "i:1" }] },
    };
    writeFileSync(join(folder, "pod.json"), JSON.stringify(pod));
    await kubectl("create", "--validate=false", "-f", join(folder, "pod.json"));
    expect(await kubectl("logs", "p", "--tail=2")).toBe("two\nthree\n");
    expect(await kubectl("logs", "p", "-f")).toContain("four");
    const conditions = [{ type: "Ready", status: "True" }];
    const ref = { namespace: "default", name: "p" };
    const pods = { group: "", version: "v1", plural: "pods" };
    await api.store.patch(pods, ref, { type: "merge", body: { status: { conditions } } }, { subresource: "status" });
    expect(await kubectl("wait", "--for=condition=Ready", "pod/p", "--timeout=10s")).toContain("condition met");
    expect(await kubectl("delete", "pod/p", "ns/made")).toContain("deleted");
  });

  test("auth can-i, api-resources, a short name of a custom kind", async () => {
    expect(await kubectl("auth", "can-i", "create", "pods")).toBe("yes\n");
    const resources = await kubectl("api-resources");
    for (const part of ["trafficsplits", "deployments", "endpointslices"]) expect(resources).toContain(part);
    await kubectl("get", "trafficsplits", "-A");
  });
});
