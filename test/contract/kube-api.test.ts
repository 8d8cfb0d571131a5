import { expect, test } from "vitest";
import { at, listAt, textAt } from "@/server/local/api/object";
import { onEveryApi, until } from "../support/kube-api";

const CONTAINER = { name: "app", image: "example/app:1" };
const LABELS = { app: "a" };

interface Sample {
  readonly path: string;
  readonly namespaced: boolean;
  readonly body: object;
}

const WORKLOAD = { selector: { matchLabels: LABELS }, template: { metadata: { labels: LABELS }, spec: {} } };
const workload = () => ({ ...WORKLOAD, template: { metadata: { labels: LABELS }, spec: { containers: [CONTAINER] } } });
const hook = (name: string) => ({
  name: `${name}.contract.meshdeck.io`,
  clientConfig: { url: "https://127.0.0.1:1/hook" },
  rules: [{ operations: ["CREATE"], apiGroups: ["contract.meshdeck.io"], apiVersions: ["v1"], resources: ["nothing"] }],
  sideEffects: "None",
  admissionReviewVersions: ["v1"],
  failurePolicy: "Ignore",
});

const SAMPLES: Readonly<Record<string, Sample>> = {
  Pod: { path: "/api/v1/pods", namespaced: true, body: { spec: { containers: [CONTAINER] } } },
  Service: { path: "/api/v1/services", namespaced: true, body: { spec: { ports: [{ port: 80 }] } } },
  ServiceAccount: { path: "/api/v1/serviceaccounts", namespaced: true, body: {} },
  Secret: { path: "/api/v1/secrets", namespaced: true, body: { stringData: { key: "value" } } },
  ConfigMap: { path: "/api/v1/configmaps", namespaced: true, body: { data: { key: "value" } } },
  Endpoints: {
    path: "/api/v1/endpoints",
    namespaced: true,
    body: { subsets: [{ addresses: [{ ip: "10.1.2.3" }], ports: [{ port: 80 }] }] },
  },
  Deployment: { path: "/apis/apps/v1/deployments", namespaced: true, body: { spec: workload() } },
  ReplicaSet: { path: "/apis/apps/v1/replicasets", namespaced: true, body: { spec: workload() } },
  EndpointSlice: {
    path: "/apis/discovery.k8s.io/v1/endpointslices",
    namespaced: true,
    body: { addressType: "IPv4", endpoints: [{ addresses: ["10.1.2.3"] }], ports: [{ port: 80 }] },
  },
  Lease: { path: "/apis/coordination.k8s.io/v1/leases", namespaced: true, body: { spec: { holderIdentity: "me" } } },
  Node: { path: "/api/v1/nodes", namespaced: false, body: {} },
  MutatingWebhookConfiguration: {
    path: "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations",
    namespaced: false,
    body: { webhooks: [hook("mutating")] },
  },
  ValidatingWebhookConfiguration: {
    path: "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations",
    namespaced: false,
    body: { webhooks: [hook("validating")] },
  },
};

const inNamespace = (path: string, namespace: string) => path.replace(/\/(\w+)$/, `/namespaces/${namespace}/$1`);

onEveryApi("objects", (suite) => {
  test.each(Object.entries(SAMPLES))("%s is created, read, listed, replaced and deleted", async (kind, sample) => {
    const { api } = suite;
    const namespace = await suite.namespace();
    const path = sample.namespaced ? inNamespace(sample.path, namespace) : sample.path;
    const name = `${namespace}-x`;
    const made = await api.post(path, { metadata: { name, labels: { set: namespace } }, ...sample.body });
    expect(made).toMatchObject({ status: 201, body: { kind, metadata: { name } } });
    expect(textAt(made.body, "metadata", "uid")).toMatch(/^[0-9a-f-]{36}$/);
    expect(textAt(made.body, "metadata", "creationTimestamp")).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

    const read = await api.get(`${path}/${name}`);
    expect(read.body).toMatchObject({
      metadata: { resourceVersion: textAt(made.body, "metadata", "resourceVersion") },
    });

    const listed = await api.get(`${sample.path}?labelSelector=set=${namespace}`);
    expect(listed.body).toMatchObject({ kind: `${kind === "Endpoints" ? "Endpoints" : kind}List` });
    expect(listAt(listed.body, "items").map((one) => textAt(one, "metadata", "name"))).toEqual([name]);

    const body = read.body as { metadata: { labels: object } };
    const wanted = { ...body, metadata: { ...body.metadata, labels: { set: "other" } } };
    const replaced = await api.put(`${path}/${name}`, wanted);
    expect(replaced).toMatchObject({ status: 200, body: { metadata: { labels: { set: "other" } } } });
    expect(await api.put(`${path}/${name}`, wanted)).toMatchObject({ status: 409, body: { reason: "Conflict" } });

    expect(await api.delete(`${path}/${name}`)).toMatchObject({ status: 200 });
    expect(await api.get(`${path}/${name}`)).toMatchObject({
      status: 404,
      body: { kind: "Status", reason: "NotFound", details: { name } },
    });
  });

  test("an Event is kept and found by what it is about", async () => {
    const { api } = suite;
    const namespace = await suite.namespace();
    const path = `/api/v1/namespaces/${namespace}/events`;
    const involvedObject = { kind: "Pod", namespace, name: "p", uid: "u-1" };
    const made = await api.post(path, { metadata: { name: "e" }, involvedObject, reason: "Started", type: "Normal" });
    expect(made.status).toBe(201);
    const found = await api.get(`${path}?fieldSelector=involvedObject.name=p,involvedObject.uid=u-1,type!=Warning`);
    expect(listAt(found.body, "items")).toHaveLength(1);
    const other = await api.get(`${path}?fieldSelector=involvedObject.name=q`);
    expect(listAt(other.body, "items")).toHaveLength(0);
  });

  test("defaults are filled in as every client relies on", async () => {
    const { api } = suite;
    const namespace = await suite.namespace();
    const pod = await api.post(`/api/v1/namespaces/${namespace}/pods`, {
      metadata: { name: "p" },
      spec: { containers: [{ ...CONTAINER, ports: [{ containerPort: 80 }] }] },
    });
    expect(pod.body).toMatchObject({
      spec: {
        restartPolicy: "Always",
        terminationGracePeriodSeconds: 30,
        containers: [{ imagePullPolicy: "IfNotPresent", ports: [{ protocol: "TCP" }] }],
      },
      status: { phase: "Pending" },
    });
    const service = await api.post(`/api/v1/namespaces/${namespace}/services`, {
      metadata: { name: "s" },
      spec: { ports: [{ port: 80 }] },
    });
    expect(service.body).toMatchObject({ spec: { type: "ClusterIP", ports: [{ protocol: "TCP", targetPort: 80 }] } });
    expect(textAt(service.body, "spec", "clusterIP")).toMatch(/^10\./);
    const headless = await api.post(`/api/v1/namespaces/${namespace}/services`, {
      metadata: { name: "h" },
      spec: { clusterIP: "None" },
    });
    expect(headless).toMatchObject({ status: 201, body: { spec: { clusterIP: "None" } } });
    const deployment = await api.post(`/apis/apps/v1/namespaces/${namespace}/deployments`, {
      metadata: { name: "d" },
      spec: workload(),
    });
    expect(deployment.body).toMatchObject({
      metadata: { generation: 1 },
      spec: { replicas: 1, strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%" } } },
    });
    expect((await api.get(`/api/v1/namespaces/${namespace}`)).body).toMatchObject({
      metadata: { labels: { "kubernetes.io/metadata.name": namespace } },
      status: { phase: "Active" },
    });
    const secret = await api.post(`/api/v1/namespaces/${namespace}/secrets`, {
      metadata: { name: "s" },
      stringData: { a: "b" },
    });
    expect(secret.body).toMatchObject({ type: "Opaque", data: { a: "Yg==" } });
    expect(at(secret.body, "stringData")).toBeUndefined();
  });

  test("generateName makes names, a taken name is refused", async () => {
    const { api } = suite;
    const path = `/api/v1/namespaces/${await suite.namespace()}/configmaps`;
    const [one, two] = await Promise.all([1, 2].map(() => api.post(path, { metadata: { generateName: "map-" } })));
    const names = [one, two].map((answer) => textAt(answer?.body, "metadata", "name"));
    for (const name of names) expect(name).toMatch(/^map-[a-z0-9]{5}$/);
    expect(names[0]).not.toBe(names[1]);
    expect(await api.post(path, { metadata: { name: names[0] } })).toMatchObject({
      status: 409,
      body: { reason: "AlreadyExists", details: { name: names[0], kind: "configmaps" } },
    });
  });

  test("a write with a stale resourceVersion or another uid is a conflict", async () => {
    const { api } = suite;
    const path = `/api/v1/namespaces/${await suite.namespace()}/configmaps`;
    const made = await api.post(path, { metadata: { name: "m" }, data: { a: "1" } });
    const metadata = at(made.body, "metadata") as object;
    expect((await api.put(`${path}/m`, { metadata, data: { a: "2" } })).status).toBe(200);
    expect(await api.put(`${path}/m`, { metadata, data: { a: "3" } })).toMatchObject({ status: 409 });
    expect(await api.patch(`${path}/m`, "merge", { metadata: { resourceVersion: "1" } })).toMatchObject({
      status: 409,
    });
    expect(await api.put(`${path}/m`, { metadata: { name: "m", uid: "other" } })).toMatchObject({ status: 409 });
    expect((await api.get(`${path}/m`)).body).toMatchObject({ data: { a: "2" } });
  });

  test("dryRun=All answers as if and stores nothing", async () => {
    const { api } = suite;
    const path = `/api/v1/namespaces/${await suite.namespace()}/configmaps`;
    expect(await api.post(`${path}?dryRun=All`, { metadata: { name: "m" } })).toMatchObject({ status: 201 });
    expect((await api.get(`${path}/m`)).status).toBe(404);
    await api.post(path, { metadata: { name: "m" }, data: { a: "1" } });
    const before = await api.get(`${path}/m`);
    const patched = await api.patch(`${path}/m?dryRun=All`, "merge", { data: { a: "2" } });
    expect(patched.body).toMatchObject({ data: { a: "2" } });
    expect((await api.delete(`${path}/m?dryRun=All`)).status).toBe(200);
    expect(await api.delete(`${path}/m`, { dryRun: ["All"] })).toMatchObject({ status: 200 });
    expect((await api.get(`${path}/m`)).body).toEqual(before.body);
    expect((await api.post(`${path}?dryRun=Some`, { metadata: { name: "n" } })).status).toBe(422);
  });

  test("a write that changes nothing keeps the resourceVersion", async () => {
    const { api } = suite;
    const path = `/api/v1/namespaces/${await suite.namespace()}/configmaps`;
    const made = await api.post(path, { metadata: { name: "m" }, data: { a: "1" } });
    const patched = await api.patch(`${path}/m`, "merge", { data: { a: "1" } });
    expect(textAt(patched.body, "metadata", "resourceVersion")).toBe(textAt(made.body, "metadata", "resourceVersion"));
  });

  test("what cannot be an object is refused with the field that is wrong", async () => {
    const { api } = suite;
    const namespace = await suite.namespace();
    const path = `/api/v1/namespaces/${namespace}`;
    const fields = async (plural: string, body: object) => {
      const answer = await api.post(`${path}/${plural}`, body);
      expect(answer).toMatchObject({ status: 422, body: { reason: "Invalid" } });
      return listAt(answer.body, "details", "causes").map((cause) => textAt(cause, "field"));
    };
    expect(await fields("configmaps", { metadata: { name: "Not_A_Name" } })).toContain("metadata.name");
    expect(await fields("configmaps", { metadata: { name: "m", labels: { a: "not ok" } } })).toContain(
      "metadata.labels",
    );
    expect(await fields("services", { metadata: { name: "s" }, spec: { ports: [{ port: 70_000 }] } })).toContain(
      "spec.ports[0].port",
    );
    expect(await fields("pods", { metadata: { name: "p" }, spec: { containers: [{ name: "a" }] } })).toContain(
      "spec.containers[0].image",
    );
    expect(
      await api.post(`${path}/configmaps`, { kind: "Secret", apiVersion: "v1", metadata: { name: "m" } }),
    ).toMatchObject({ status: 400 });
    expect(await api.post(`${path}/configmaps`, { metadata: { name: "m", namespace: "default" } })).toMatchObject({
      status: 400,
    });
    expect((await api.post("/api/v1/namespaces/not-there/configmaps", { metadata: { name: "m" } })).status).toBe(404);
    expect((await api.call("POST", `${path}/configmaps`, { body: Buffer.from("{") })).status).toBe(400);
    expect((await api.get("/api/v1/nothings")).status).toBe(404);
    expect((await api.put(`${path}/configmaps`, {})).status).toBe(405);
  });

  test("fieldValidation=Strict refuses unknown fields, Warn says and drops them", async () => {
    const { api } = suite;
    const path = `/api/v1/namespaces/${await suite.namespace()}/configmaps`;
    const body = { metadata: { name: "m" }, dat: { a: "1" } };
    expect(await api.post(`${path}?fieldValidation=Strict`, body)).toMatchObject({ status: 400 });
    const warned = await api.post(`${path}?fieldValidation=Warn`, body);
    expect(warned.status).toBe(201);
    expect(String(warned.headers.warning)).toContain('unknown field \\"dat\\"');
    expect(at(warned.body, "dat")).toBeUndefined();
  });

  test("status and scale are written through their own subresources only", async () => {
    const { api } = suite;
    const path = `/apis/apps/v1/namespaces/${await suite.namespace()}/deployments`;
    await api.post(path, { metadata: { name: "d" }, spec: workload(), status: { replicas: 9 } });
    expect((await api.get(`${path}/d`)).body).not.toMatchObject({ status: { replicas: 9 } });
    const status = await api.patch(`${path}/d/status`, "merge", { spec: { replicas: 7 }, status: { replicas: 2 } });
    expect(status).toMatchObject({ status: 200, body: { spec: { replicas: 1 }, status: { replicas: 2 } } });
    expect(status.body).toMatchObject({ metadata: { generation: 1 } });
    await api.patch(`${path}/d`, "merge", { status: { replicas: 3 } });
    expect((await api.get(`${path}/d`)).body).toMatchObject({ status: { replicas: 2 } });

    const scale = await api.get(`${path}/d/scale`);
    expect(scale.body).toMatchObject({
      kind: "Scale",
      apiVersion: "autoscaling/v1",
      spec: { replicas: 1 },
      status: { replicas: 2, selector: "app=a" },
    });
    expect(await api.put(`${path}/d/scale`, { ...(scale.body as object), spec: { replicas: 3 } })).toMatchObject({
      status: 200,
      body: { spec: { replicas: 3 } },
    });
    expect(await api.put(`${path}/d/scale`, scale.body)).toMatchObject({ status: 409 });
    expect(await api.patch(`${path}/d/scale`, "merge", { spec: { replicas: -1 } })).toMatchObject({ status: 422 });
    await api.patch(`${path}/d/scale`, "merge", { spec: { replicas: 4 } });
    expect((await api.get(`${path}/d`)).body).toMatchObject({ metadata: { generation: 3 }, spec: { replicas: 4 } });
  });

  suite.having("collectors")("a namespace starts with the default ServiceAccount", async () => {
    const { api } = suite;
    const path = `/api/v1/namespaces/${await suite.namespace()}/serviceaccounts/default`;
    await until(
      async () => (await api.get(path)).status,
      (status) => status === 200,
    );
  });
});
