/** `npm start -- --context NAME`: the dashboard alone, for a cluster that is there, with the rights of whoever looks. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Health } from "@/lib/contract/health";
import type { Topology } from "@/lib/contract/topology";
import { PROXY_UUID_LABEL } from "@/lib/kube/names";
import { PODS } from "@/server/kube/resource";
import { type Attached, asContextThere, launch, startAttached } from "../support/attached";
import { DASHBOARD_IS_BUILT } from "../support/dashboard";
import { type DemoApi, startDemoApi } from "../support/demo-api";
import { limitedUser } from "../support/limited-user";
import { eventually, freePort } from "../support/local-mode";

/** What docs/existing-cluster.md gives a user of one namespace. */
const READ = {
  verbs: ["get", "list", "watch"],
  resources: [
    ...["services", "pods", "serviceaccounts", "events", "deployments.apps", "endpointslices.discovery.k8s.io"],
    ...["trafficsplits.split.smi-spec.io", "traffictargets.access.smi-spec.io", "httproutegroups.specs.smi-spec.io"],
    "tcproutes.specs.smi-spec.io",
  ],
};

describe.skipIf(!DASHBOARD_IS_BUILT)("npm start -- --context", () => {
  let api: DemoApi;
  let running: Attached | null = null;

  beforeAll(async () => {
    api = await startDemoApi();
    // By its sidecars a namespace that may not be read is known to be in the mesh.
    for (const namespace of ["bookstore", "bookbuyer", "bookwarehouse"]) await addPod(namespace);
  });
  afterEach(async () => {
    await running?.stop();
    running = null;
  });
  afterAll(() => api?.stop());

  function addPod(namespace: string): Promise<unknown> {
    return api.store.create(PODS, {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: `${namespace}-0`, namespace, labels: { [PROXY_UUID_LABEL]: randomUUID() } },
      spec: { containers: [{ name: "app", image: "app" }] },
    });
  }

  it("shows the cluster of a context, says what is missing, and ends with its parent", async () => {
    const shown = await startAttached(api.kubeconfig);
    running = shown;
    expect(shown.ready).toMatchObject({ event: "ready", dashboard: shown.url, prometheus: null });
    expect(shown.said()).toContain("--prometheus URL");
    const topology = await eventually("the mesh", 10, async () => {
      const seen = await shown.get<Topology>("/api/topology");
      return seen.nodes.length > 0 ? seen : null;
    });
    expect(topology.nodes.map(({ id }) => id)).toContain("bookstore/service/bookstore");
    expect(topology.partial.map(({ part }) => part)).toEqual(["metrics"]);
    expect(await shown.stop()).toBe(0);
    await expect(fetch(`${shown.url}/api/health`)).rejects.toThrow();
  });

  it("shows a user of one namespace that one, the role for the rest, and another as soon as it may be seen", async () => {
    const ada = await limitedUser(
      api.kubeconfig,
      { namespace: "bookstore", name: "ada" },
      { reads: { namespace: "bookstore", ...READ } },
    );
    const shown = await startAttached(ada.kubeconfig, ["--namespaces", "bookstore"]);
    running = shown;
    const namespacesOf = ({ nodes }: Topology, kind: string) =>
      new Set(nodes.filter((node) => node.kind === kind).map(({ namespace }) => namespace));
    const topology = await eventually("the namespace", 15, async () => {
      const seen = await shown.get<Topology>("/api/topology");
      return seen.nodes.some(({ kind }) => kind === "service") ? seen : null;
    });
    expect([...namespacesOf(topology, "service")]).toEqual(["bookstore"]);
    expect(topology.nodes.find(({ name }) => name === "bookstore")?.split).not.toBeNull();
    const { policies } = await shown.get<{ policies: { namespace: string }[] }>("/api/access");
    expect(new Set(policies.map(({ namespace }) => namespace))).toEqual(new Set(["bookstore"]));
    const missing = topology.partial.find(({ part }) => part === "kubernetes");
    expect(missing).toMatchObject({ reason: "forbidden" });
    expect(missing?.message).toContain("You may not list namespaces");
    expect(missing?.message).toContain("in bookstore only");
    expect(missing?.hint).toContain(
      '{apiGroups: ["split.smi-spec.io"], resources: [trafficsplits], verbs: [list, watch]}',
    );
    const health = await shown.get<Health>("/api/health");
    expect(health.parts.find(({ name }) => name === "kubernetes")?.state).toBe("limited");
    // Nobody said where they are: that is no outage.
    expect(health.parts.filter(({ state }) => state === "absent").map(({ name }) => name)).toEqual(["controller"]);

    // Policy in bookstore names callers in bookbuyer, so it is looked there too.
    await ada.grant("reads", { namespace: "bookbuyer", ...READ });
    const wider = await eventually("the other namespace", 12, async () => {
      const seen = await shown.get<Topology>("/api/topology");
      return namespacesOf(seen, "service").has("bookbuyer") ? seen : null;
    });
    expect([...namespacesOf(wider, "service")].sort()).toEqual(["bookbuyer", "bookstore"]);
    expect(wider.partial.find(({ part }) => part === "kubernetes")?.message).toContain("in bookbuyer, bookstore only");
  });

  it.each([
    [["--context", "there", "--host", "0.0.0.0"], "so give a loopback address"],
    [["--context", "there", "--demo", "none"], "--demo is for a mesh on this machine"],
    [["--prometheus", "http://127.0.0.1:9090"], "give --context or --kubeconfig with it"],
  ])("refuses %j with a sentence", async (args, sentence) => {
    const { ready, said } = await launch([...args, "--port", String(await freePort())]);
    expect(ready).toBeNull();
    expect(said()).toContain(sentence);
  });

  it("says which context there is not", async () => {
    const folder = mkdtempSync(join(tmpdir(), "meshdeck-attach-"));
    const file = join(folder, "kubeconfig");
    writeFileSync(file, asContextThere(api.kubeconfig));
    const port = String(await freePort());
    const { ready, said } = await launch(["--context", "elsewhere", "--kubeconfig", file, "--port", port]);
    rmSync(folder, { recursive: true, force: true });
    expect(ready).toBeNull();
    expect(said()).toContain('it has no context "elsewhere"');
  });
});
