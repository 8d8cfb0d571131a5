import { describe, expect, it } from "vitest";
import type { Certificate, Proxy as ConnectedProxy } from "@/lib/contract/admin";
import { ServiceDetailSchema } from "@/lib/contract/services";
import { BOOKSTORE, modelOf } from "@/test/support/bookstore-mesh";
import { samplesOf } from "@/test/support/mesh-samples";
import type { Frame } from "./frame";
import type { PolicyUsage } from "./policy-usage";
import { NO_CONTROLLER_FACTS } from "./security";
import { serviceDetail } from "./service-detail";

const frame: Frame = {
  ...{ at: 1000, windowSeconds: 60, samplesAt: 1000, queries: { count: 4, ms: 1 }, partial: [] },
  mesh: { objects: BOOKSTORE, model: modelOf(BOOKSTORE), meshConfig: null, deployments: [], partial: [] },
  samples: samplesOf(
    [{ from: "bookbuyer/bookbuyer", cluster: "bookstore/bookstore-v1|14001", classes: { "2": 10 } }],
    [{ from: "bookthief/bookthief", to: "bookstore/bookstore", perSecond: 3 }],
  ),
  policy: "smi",
};
const certificate: Certificate = {
  identity: "bookstore/bookstore-v1",
  kind: "workload",
  subject: "CN=bookstore-v1",
  uris: [],
  serial: "42",
  issuer: "root",
  notBefore: "2026-11-25T00:00:00Z",
  notAfter: "2026-11-26T00:00:00Z",
  provider: "built-in",
};
const NO_USAGE: PolicyUsage = { perSecond: null, lastUsedAt: new Map() };
const detailOf = (id: string, controller = NO_CONTROLLER_FACTS) =>
  serviceDetail(frame, id, { usage: NO_USAGE, controller });

describe("one service", () => {
  it("has its callers by way of the split, its backends, routes and the policy on both sides", () => {
    const detail = detailOf("bookstore/service/bookstore");
    expect(ServiceDetailSchema.safeParse(detail).success).toBe(true);
    expect(detail?.callers.map(({ source }) => source).sort()).toContain("bookthief/deployment/bookthief");
    expect(detail?.callers.some(({ target }) => target === "bookstore/service/bookstore-v1")).toBe(true);
    expect(detail?.splits[0]?.backends).toHaveLength(2);
    expect(detail?.routes).toMatchObject([{ group: "bookstore/bookstore-routes", match: "all" }]);
    expect(detail?.routes[0]?.policies).toHaveLength(2);
    expect(detail?.grantsIn.every(({ destination }) => destination.startsWith("bookstore/"))).toBe(true);
    expect(detail?.pods.map(({ ready }) => ready)).toHaveLength(2);
  });

  it("shows a certificate and the sidecar's state when the controller says so, and says when it does not", () => {
    const silent = detailOf("bookstore/service/bookstore-v1");
    expect(silent?.identities).toMatchObject([{ key: "bookstore/bookstore-v1", certificate: null }]);
    expect(silent?.pods[0]?.proxy).toBeNull();
    const [pod] = Object.values(frame.mesh.model.workloads).filter(
      ({ identity }) => identity === "bookstore/bookstore-v1",
    );
    const nack = { at: "2026-11-25T00:00:00Z", message: "no" };
    const type = { type: "RDS", resources: 1, lastAckAt: null, synced: false, nack };
    const proxy: ConnectedProxy = {
      id: pod?.proxyId ?? "",
      namespace: "bookstore",
      pod: pod?.name ?? "",
      identity: "bookstore/bookstore-v1",
      connectedAt: "2026-11-25T00:00:00Z",
      envoyVersion: "1.40.0",
      clientCertificate: null,
      types: [type],
    };
    const told = detailOf("bookstore/service/bookstore-v1", {
      ...NO_CONTROLLER_FACTS,
      certificates: [certificate],
      proxies: [proxy],
    });
    expect(told?.identities[0]?.certificate?.serial).toBe("42");
    expect(told?.pods[0]?.proxy).toMatchObject({ synced: false, nack: { type: "RDS", message: "no" } });
  });

  it("is a workload too, and nothing for what does not exist", () => {
    const detail = detailOf("bookbuyer/deployment/bookbuyer");
    expect(detail?.callees.map(({ target }) => target)).toContain("bookstore/service/bookstore-v1");
    expect(detail?.grantsOut).toHaveLength(2);
    expect(detail?.service).toBeNull();
    expect(detailOf("bookstore/service/none")).toBeNull();
  });
});
