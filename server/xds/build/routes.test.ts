import { fromBinary } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import type { MeshModel, MeshService } from "@/lib/mesh/model";
import { grant, spiffeId, split, xdsModel } from "@/test/support/xds-model";
import { type VirtualHost, VirtualHostSchema } from "../gen/envoy/config/route/v3/route_components_pb";
import { RouteConfigurationSchema } from "../gen/envoy/config/route/v3/route_pb";
import { buildCatchAll, joinOutboundRoutes } from "./outbound-routes";
import { httpRules, tcpRules } from "./rbac";
import { splitPlan } from "./upstream-action";
import { buildVirtualHost } from "./virtual-host";

const model: MeshModel = xdsModel({
  pods: [
    {
      key: "shop/store-1",
      address: "10.0.0.1",
      loopback: "127.0.0.1",
      serves: [
        { service: "store", port: 8080 },
        { service: "store", port: 9090 },
        { service: "ledger", port: 3306, protocol: "tcp" },
      ],
    },
  ],
});

function service(key: string, changes: Partial<MeshService> = {}): MeshService {
  const found = model.services[key];
  if (!found) throw new Error(`no service ${key}`);
  return { ...found, ...changes };
}

function host(
  one: MeshService,
  port: number,
  callerNamespace: string,
  plan: ReturnType<typeof splitPlan> | null = null,
) {
  const found = one.ports.find((candidate) => candidate.port === port);
  if (!found) throw new Error(`no port ${port}`);
  return fromBinary(VirtualHostSchema, buildVirtualHost({ service: one, port: found, split: plan, callerNamespace }));
}

describe("the hosts of a service", () => {
  it("are every spelling with the port, the short one only for neighbours", () => {
    expect(host(service("shop/store"), 9090, "shop").domains).toEqual([
      "store:9090",
      "store.shop:9090",
      "store.shop.svc:9090",
      "store.shop.svc.cluster:9090",
      "store.shop.svc.cluster.local:9090",
    ]);
    expect(host(service("shop/store"), 9090, "other").domains).not.toContain("store:9090");
  });

  it("go without the port to the first HTTP port, never to a TCP one, and include the cluster IP", () => {
    expect(host(service("shop/store", { clusterIP: "10.1.1.1" }), 8080, "shop").domains).toEqual(
      expect.arrayContaining(["store", "store.shop", "10.1.1.1", "10.1.1.1:8080"]),
    );
    expect(host(service("shop/store", { clusterIP: "None" }), 8080, "shop").domains).not.toContain("None");
    expect(host(service("shop/ledger"), 3306, "shop").domains).not.toContain("ledger");
  });
});

describe("a split", () => {
  const clusters = (one: VirtualHost) => {
    const action = one.routes.at(-1)?.action;
    const target = action?.case === "route" ? action.value.clusterSpecifier : undefined;
    return target?.case === "weightedClusters"
      ? target.value.clusters.map(({ name, weight }) => [name, weight])
      : action;
  };
  const plan = (weights: Record<string, number>, missing: string[] = []) =>
    splitPlan(model, split("shop/store", weights, missing), 8080);

  it("keeps ratios of fractions in whole numbers, and the share of a backend that is missing", () => {
    const divided = host(service("shop/store"), 8080, "shop", plan({ store: 0.5, gone: 1.5 }, ["gone"]));
    const [[, one], [, three]] = clusters(divided) as [[string, number], [string, number]];
    expect(three / one).toBe(3);
    expect(clusters(divided)).toEqual([
      ["shop/store|8080", one],
      ["shop/gone|8080", three],
    ]);
  });

  it("leaves out a backend without the port and one of weight 0", () => {
    const divided = host(service("shop/store"), 8080, "shop", plan({ store: 1, ledger: 5 }));
    expect(clusters(divided)).toEqual([["shop/store|8080", 1]]);
  });

  it("answers 503 by itself when nothing has a weight: Envoy would refuse the whole configuration", () => {
    const action = host(service("shop/store"), 8080, "shop", plan({ store: 0 })).routes[0]?.action;
    expect(action).toMatchObject({ case: "directResponse", value: { status: 503 } });
  });
});

describe("everything else", () => {
  const deniedBy = (denied: readonly MeshService[], namespace: string) => {
    const hosts = buildCatchAll(denied, namespace).map((bytes) => fromBinary(VirtualHostSchema, bytes));
    const domains = hosts.find(({ name }) => name === "denied")?.domains ?? [];
    // As Envoy compares: in lower case, and a star at the end stands for any rest.
    return (authority: string) =>
      domains.some((domain) =>
        domain.endsWith("*")
          ? authority.toLowerCase().startsWith(domain.slice(0, -1))
          : authority.toLowerCase() === domain,
      );
  };

  it("is denied by each spelling of an existing service, and by no other name", () => {
    const denied = deniedBy([service("shop/store", { clusterIP: "10.1.1.1" })], "shop");
    for (const name of [
      "store",
      "STORE:80",
      "store.shop",
      "store.shop.svc:1",
      "store.shop.svc.cluster.local",
      "10.1.1.1:80",
    ]) {
      expect([name, denied(name)]).toEqual([name, true]);
    }
    for (const name of [
      "store2",
      "mystore",
      "store.shops",
      "store.other",
      "store.shop.example.com",
      "10.1.1.11",
      "x.store.shop",
    ]) {
      expect([name, denied(name)]).toEqual([name, false]);
    }
    expect(deniedBy([service("shop/store")], "other")("store")).toBe(false);
  });

  it("joins virtual hosts to what Envoy reads as one configuration", () => {
    const [one = new Uint8Array()] = buildCatchAll([], "shop");
    const port = service("shop/store").ports[0];
    if (!port) throw new Error("no port");
    const two = buildVirtualHost({ service: service("shop/store"), port, split: null, callerNamespace: "shop" });
    const joined = fromBinary(RouteConfigurationSchema, joinOutboundRoutes([two, one]));
    expect(joined.name).toBe("rds-outbound");
    expect(joined.virtualHosts.map(({ name }) => name)).toEqual(["shop/store|8080", "everything-else"]);
  });
});

describe("rules", () => {
  const resolved = (route: string | null, sources: string[]) => ({
    grant: grant(sources, "shop/store", route),
    spiffeIds: sources.map(spiffeId),
  });
  const access = (...grants: ReturnType<typeof resolved>[]) => ({ grants, trustDomain: "cluster.local" });

  it("let nobody in without a grant, and leave out a grant that has no callers, which Envoy would refuse", () => {
    expect(Object.keys(httpRules(access()).policies)).toEqual([]);
    expect(Object.keys(httpRules(access(resolved("GET /", []))).policies)).toEqual([]);
  });

  it("let a TCP grant pass every request, and an HTTP grant no connection", () => {
    const tcp = resolved(null, ["shop/a"]);
    const http = resolved("GET /", ["shop/a"]);
    expect(Object.keys(httpRules(access(tcp, http)).policies)).toEqual([tcp.grant.policy, http.grant.policy]);
    expect(Object.keys(tcpRules(access(tcp, http)).policies)).toEqual([tcp.grant.policy]);
  });

  it("are the trust domain's in permissive mode", () => {
    const rules = httpRules({ grants: null, trustDomain: "cluster.local" });
    expect(rules.policies.permissive?.principals[0]?.identifier).toMatchObject({
      case: "authenticated",
      value: { principalName: { matchPattern: { case: "prefix", value: "spiffe://cluster.local/" } } },
    });
  });
});
