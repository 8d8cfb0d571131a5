/**
 * `npm start -- --context NAME` on a Kubernetes API with RBAC, by what three people may do: everything, read two
 * namespaces, nothing. On the embedded API always, and on a real one where there is one.
 */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { ErrorBody } from "@/lib/contract/error-body";
import type { Health } from "@/lib/contract/health";
import type { Namespaces } from "@/lib/contract/namespaces";
import type { MeshConfigBody } from "@/lib/contract/settings";
import type { Topology } from "@/lib/contract/topology";
import { PROXY_UUID_LABEL } from "@/lib/kube/names";
import type { KubeObject } from "@/lib/kube/objects";
import { kubeconfigText } from "@/server/local/api/kubeconfig";
import { type Attached, startAttached } from "../support/attached";
import { launchChromium, openPage } from "../support/browser";
import { type CountingProxy, startCountingProxy } from "../support/counting-proxy";
import { DASHBOARD_IS_BUILT } from "../support/dashboard";
import { create, installDemo } from "../support/demo-objects";
import { ownKinds } from "../support/kube-api";
import { limitedUser } from "../support/limited-user";
import { eventually } from "../support/local-mode";

type OwnApi = Awaited<ReturnType<ReturnType<typeof ownKinds>[number]["start"]>>;

const SPLIT = "/apis/split.smi-spec.io/v1alpha2/namespaces/bookstore/trafficsplits/bookstore";
const MESH_CONFIG = "/apis/config.openservicemesh.io/v1alpha2/namespaces/osm-system/meshconfigs/osm-mesh-config";
/** What the pages ask for, and none of it needs more than Kubernetes. */
const QUESTIONS = ["topology", "splits", "access", "overview", "namespaces", "problems", "smi/trafficsplits"];

describe.skipIf(!DASHBOARD_IS_BUILT).each(ownKinds())("npm start -- --context, by rights ($name)", (kind) => {
  let kube: OwnApi;
  let proxy: CountingProxy;
  let admin: Attached;
  let ada: Attached;
  let nobody: Attached;

  beforeAll(async () => {
    kube = await kind.start();
    proxy = await startCountingProxy(kube);
    await installDemo(kube.api);
    for (const namespace of ["bookstore", "bookbuyer", "bookwarehouse"]) {
      // By its sidecars a namespace that may not be read is known to be in the mesh.
      const labels = { [PROXY_UUID_LABEL]: crypto.randomUUID() };
      const metadata = { namespace, name: `${namespace}-0`, labels };
      const spec = { containers: [{ name: "app", image: "app" }] };
      await create(kube.api, { apiVersion: "v1", kind: "Pod", metadata, spec });
    }
    await create(kube.api, documentedRole());
    const own = kubeconfigText(kube);
    const everything = { all: { verbs: ["*"], resources: ["*"] } };
    const adminUser = await limitedUser(own, { namespace: "default", name: "admin" }, everything);
    const adaUser = await limitedUser(own, { namespace: "bookstore", name: "ada" });
    for (const namespace of ["bookstore", "bookbuyer"]) await adaUser.bind("meshdeck-view", namespace);
    const nobodyUser = await limitedUser(own, { namespace: "default", name: "nobody" });
    const counted = (token: string) => kubeconfigText({ ...proxy, token });
    const places = ["--namespaces", "bookstore,bookbuyer"];
    [admin, ada, nobody] = await Promise.all([
      startAttached(adminUser.kubeconfig),
      startAttached(adaUser.kubeconfig, places),
      startAttached(counted(nobodyUser.token), places),
    ]);
  });
  afterAll(async () => {
    await Promise.all([admin, ada, nobody].map((one) => one?.stop()));
    proxy?.close();
    await kube?.stop();
  });

  it("shows an admin all of it, and what changes within three seconds", async () => {
    const { nodes, partial } = await settled(admin);
    expect(servicesOf(nodes)).toEqual(["bookbuyer", "bookstore", "bookthief", "bookwarehouse"]);
    expect(partial.map(({ part }) => part)).toEqual(["metrics"]);
    expect((await admin.get<MeshConfigBody>("/api/settings/mesh")).object?.metadata.name).toBe("osm-mesh-config");
    await seesNew(admin, "for-admin");
  });

  it("writes for an admin", async () => {
    const path = "/api/smi/trafficsplits/bookstore/bookstore";
    const { object } = await admin.get<{ object: Split }>(path);
    const written = await admin.write("PUT", path, { object: weighed(object, 90) });
    expect(written.status, written.text).toBe(200);
    expect((await kube.api.get(SPLIT)).body).toMatchObject({ spec: { backends: [{ weight: 90 }, { weight: 10 }] } });
    const again = await admin.write("PUT", path, { object: weighed(object, 20) });
    expect(again.status, again.text).toBe(409);
    const mesh = await admin.get<{ object: MeshConfig }>("/api/settings/mesh");
    const set = await admin.write("PUT", "/api/settings/mesh", { object: withEgress(mesh.object) });
    expect(set.status, set.text).toBe(200);
    expect((await kube.api.get(MESH_CONFIG)).body).toMatchObject({ spec: { traffic: { enableEgress: true } } });
  });

  it("shows a reader of two namespaces those, says what is missing, and what changes there", async () => {
    const { nodes, partial } = await settled(ada);
    expect(servicesOf(nodes)).toEqual(["bookbuyer", "bookstore"]);
    const missing = partial.find(({ part }) => part === "kubernetes");
    expect(missing).toMatchObject({ reason: "forbidden" });
    expect(missing?.message).toMatch(/^You may not list .*namespaces.*meshconfigs.*in bookbuyer, bookstore only\.$/);
    expect(partial.filter(({ part }) => part === "kubernetes")).toHaveLength(1);
    const { items } = await ada.get<Namespaces>("/api/namespaces");
    expect(items.map(({ name, meshed }) => [name, meshed])).toEqual([
      ["bookbuyer", true],
      ["bookstore", true],
    ]);
    const health = await ada.get<Health>("/api/health");
    expect(health.parts.find(({ name }) => name === "kubernetes")?.state).toBe("limited");
    await seesNew(ada, "for-ada");
  });

  it("refuses what a reader may not write, with the API server's reason, and writes nothing", async () => {
    const before = await Promise.all([kube.api.get(SPLIT), kube.api.get(MESH_CONFIG)]);
    const path = "/api/smi/trafficsplits/bookstore/bookstore";
    const { object } = await ada.get<{ object: Split }>(path);
    const split = await ada.write("PUT", path, { object: weighed(object, 1) });
    expect(split.status, split.text).toBe(403);
    expect((split.body as ErrorBody).error.message).toMatch(/cannot update resource "trafficsplits".*"bookstore"/);
    const config = before[1].body as MeshConfig;
    const mesh = await ada.write("PUT", "/api/settings/mesh", { object: withEgress(config) });
    expect(mesh.status, mesh.text).toBe(403);
    expect((mesh.body as ErrorBody).error.message).toMatch(/cannot update resource "meshconfigs"/);
    expect((await Promise.all([kube.api.get(SPLIT), kube.api.get(MESH_CONFIG)])).map(({ body }) => body)).toEqual(
      before.map(({ body }) => body),
    );
    const { missing } = await ada.get<{ missing: { kind: string; verb: string }[] }>("/api/rights?ns=bookstore");
    expect(missing).toContainEqual({ kind: "TrafficSplit", verb: "update" });
  });

  it("starts for whoever may read nothing, and names what that is", async () => {
    for (const question of QUESTIONS) {
      const { partial } = await nobody.get<Pick<Topology, "partial">>(`/api/${question}`);
      const [missing] = partial.filter(({ part }) => part === "kubernetes");
      expect(missing?.reason, question).toBe("forbidden");
      expect(missing?.message).toMatch(/^You may not list namespaces, services, .*trafficsplits.*deployments.*\.$/);
    }
    expect((await nobody.get<Topology>("/api/topology")).nodes).toEqual([]);
    const mesh = await fetch(`${nobody.url}/api/settings/mesh`);
    expect([mesh.status, await mesh.text()]).toEqual([403, expect.stringContaining("cannot get resource")]);
  });

  // These two wait, of users of their own: at the same time.
  it.concurrent("asks for what is forbidden a few times a minute", async () => {
    proxy.taken();
    const seconds = 20;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    const asked = proxy.taken().filter(({ path }) => path !== "/version");
    const perMinute = (asked.filter(({ status }) => status === 403).length * 60) / seconds;
    expect(perMinute).toBeLessThanOrEqual(12);
    expect((asked.length * 60) / seconds).toBeLessThanOrEqual(60);
  });

  it.concurrent("gives a right that is given later its effect once rights are asked for again", async () => {
    const user = await limitedUser(kubeconfigText(kube), { namespace: "bookbuyer", name: "later" });
    const later = await startAttached(user.kubeconfig, ["--namespaces", "bookstore"]);
    try {
      await user.bind("meshdeck-view", "bookstore");
      // Every ten seconds; then everything is listed.
      await eventually("the namespace", 15, async () => {
        const { nodes } = await later.get<Topology>("/api/topology");
        return servicesOf(nodes).includes("bookstore") || null;
      });
      await user.grant("everything", { verbs: ["*"], resources: ["*"] });
      await eventually("the cluster", 15, async () => {
        const { nodes, partial } = await later.get<Topology>("/api/topology");
        return (servicesOf(nodes).length === 4 && partial.every(({ part }) => part !== "kubernetes")) || null;
      });
    } finally {
      await later.stop();
    }
  });

  it("keeps what it showed while the API server starts anew, and goes on from there", async () => {
    const known = { admin: 4, ada: 2 };
    const seen: string[] = [];
    const look = async () => {
      for (const [name, one] of Object.entries({ admin, ada })) {
        const { nodes, partial } = await one.get<Topology>("/api/topology");
        const services = servicesOf(nodes).length;
        if (services !== known[name as keyof typeof known]) seen.push(`${name} has ${services} namespaces`);
        const forbidden = partial.some(({ reason }) => reason === "forbidden");
        if (forbidden !== (name === "ada")) seen.push(`${name} is told ${JSON.stringify(partial)}`);
      }
    };
    let over = false;
    const looking = (async () => {
      while (!over) {
        await look();
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })();
    await kube.restart();
    await Promise.all([seesNew(admin, "after", 10), seesNew(ada, "after-too", 10)]);
    over = true;
    await looking;
    expect(seen).toEqual([]);
    expect((await nobody.get<Topology>("/api/topology")).partial[0]?.reason).toBe("forbidden");
    for (const one of [admin, ada, nobody]) expect(one.said()).not.toMatch(/error|unhandled/i);
  });

  /** A Service of bookstore made now is shown. */
  async function seesNew(who: Attached, name: string, withinSeconds = 3): Promise<void> {
    const ports = [{ name: "http", port: 80 }];
    const metadata = { namespace: "bookstore", name };
    await create(kube.api, { apiVersion: "v1", kind: "Service", metadata, spec: { selector: { app: name }, ports } });
    await eventually(name, withinSeconds, async () => {
      const { nodes } = await who.get<Topology>("/api/topology");
      return nodes.some((node) => node.name === name) || null;
    });
  }

  describe.skipIf(!process.env.MESHDECK_CHROMIUM)("in a browser", () => {
    it("tells a reader of two namespaces so on every page", async () => {
      const browser = await launchChromium();
      try {
        for (const [path, shown] of [
          ["/overview", "services"],
          ["/namespaces", "bookbuyer"],
          ["/access", "bookbuyer"],
        ] as const) {
          const { page, errors } = await openPage(browser, ada.url + path);
          await page.getByText("You may not list").first().waitFor();
          await page.getByRole("main").getByText(shown).first().waitFor();
          expect(await page.getByRole("main").innerText(), path).not.toMatch(/bookwarehouse|bookthief/);
          expect(errors, path).toEqual([]);
          await page.context().close();
        }
      } finally {
        await browser.close();
      }
    });
  });
});

type Split = KubeObject & { readonly spec: { readonly backends: readonly { readonly weight: number }[] } };
type MeshConfig = KubeObject & { readonly spec: { readonly traffic: object } };

function weighed(split: Split, first: number): Split {
  const weights = [first, 100 - first];
  const backends = split.spec.backends.map((backend, index) => ({ ...backend, weight: weights[index] ?? 0 }));
  return { ...split, spec: { ...split.spec, backends } };
}

function withEgress(config: MeshConfig): MeshConfig {
  return { ...config, spec: { ...config.spec, traffic: { ...config.spec.traffic, enableEgress: true } } };
}

/** Namespaces of the services that are shown. */
function servicesOf(nodes: Topology["nodes"]): string[] {
  return [...new Set(nodes.filter((node) => node.kind === "service").map(({ namespace }) => namespace))].sort();
}

function settled(one: Attached): Promise<Topology> {
  return eventually("the mesh", 15, async () => {
    const topology = await one.get<Topology>("/api/topology");
    return servicesOf(topology.nodes).length > 0 ? topology : null;
  });
}

/** The ClusterRole of docs/existing-cluster.md, as it stands there. */
function documentedRole(): KubeObject {
  const [, yaml = ""] = /```yaml\n([\s\S]*?)```/.exec(readFileSync("docs/existing-cluster.md", "utf8")) ?? [];
  return parse(yaml) as KubeObject;
}
