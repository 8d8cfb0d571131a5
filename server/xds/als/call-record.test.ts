import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { grant, spiffeId, split, xdsModel } from "@/test/support/xds-model";
import { RequestMethod } from "../gen/envoy/config/core/v3/base_pb";
import {
  type AccessLogCommon,
  type AccessLogCommonSchema,
  HTTPAccessLogEntrySchema,
  TCPAccessLogEntrySchema,
} from "../gen/envoy/data/accesslog/v3/accesslog_pb";
import { httpCall, type LogSource, tcpCall } from "./call-record";

const model = xdsModel({
  pods: [
    { key: "shop/buyer-1", address: "10.0.0.1", loopback: "127.0.0.1" },
    {
      key: "shop/store-v1-1",
      address: "10.0.0.2",
      loopback: "127.0.0.1",
      serves: [
        { service: "store", port: 80, targetPort: 8080 },
        { service: "store-v1", port: 80, targetPort: 8080 },
        { service: "ledger", port: 3306, protocol: "tcp" },
      ],
    },
  ],
  grants: [grant(["shop/buyer"], "shop/store-v1", "* .*")],
});

function source(side: "outbound" | "inbound", from = model): LogSource {
  const pod = from.workloads[side === "outbound" ? "shop/buyer-1" : "shop/store-v1-1"] ?? null;
  return { model: from, identity: pod?.identity ?? "", pod, logName: side };
}

type Common = Exclude<MessageInitShape<typeof AccessLogCommonSchema>, AccessLogCommon>;

function http(authority: string, details: string, common: Common = {}) {
  return create(HTTPAccessLogEntrySchema, {
    commonProperties: { startTime: { seconds: 10n, nanos: 5_000_000 }, duration: { nanos: 2_500_000 }, ...common },
    request: { requestMethod: RequestMethod.GET, authority, path: "/books?x=y" },
    response: { responseCode: 403, responseCodeDetails: details },
  });
}

/** What a called sidecar knows of its caller, and of the port that was called. */
function inboundCommon(identity: string | null, port: number): Common {
  return {
    downstreamLocalAddress: {
      address: {
        case: "socketAddress",
        value: { address: "10.0.0.2", portSpecifier: { case: "portValue", value: port } },
      },
    },
    ...(identity === null
      ? {}
      : {
          tlsProperties: {
            peerCertificateProperties: { subjectAltName: [{ san: { case: "uri", value: spiffeId(identity) } }] },
          },
        }),
  };
}

describe("a call as the caller's sidecar tells it", () => {
  it("names the service by the cluster that was used, and both sides by the model", () => {
    const record = httpCall(
      source("outbound"),
      http("store", "via_upstream", { upstreamCluster: "shop/store-v1|80" }),
      0,
    );
    expect(record).toEqual({
      side: "client",
      pod: "shop/buyer-1",
      workload: "shop/deployment/buyer",
      sourceIdentity: "shop/buyer",
      sourceWorkload: "shop/deployment/buyer",
      destinationService: "shop/store-v1",
      destinationIdentity: "shop/store-v1",
      at: 10_005,
      protocol: "http",
      method: "GET",
      path: "/books?x=y",
      status: 403,
      details: "via_upstream",
      durationMs: 2.5,
      denied: false,
      flags: [],
      policy: null,
    });
  });

  it.each(["store", "store:80", "STORE.shop", "store.shop.svc.cluster.local:80"])(
    "is denied when that sidecar refused it, and finds the service by the host %s",
    (host) => {
      const record = httpCall(source("outbound"), http(host, "direct_response", { routeName: "denied" }), 0);
      expect(record).toMatchObject({ denied: true, destinationService: "shop/store" });
    },
  );

  it("leaves the service open when the host is nobody's", () => {
    const record = httpCall(source("outbound"), http("nowhere", "direct_response"), 0);
    expect(record).toMatchObject({ denied: false, destinationService: null, destinationIdentity: null });
  });
});

describe("a call as the called sidecar tells it", () => {
  it("takes the caller from its certificate and the service from host and port", () => {
    const entry = http("store.shop", "rbac_access_denied_matched_policy[none]", inboundCommon("shop/buyer", 8080));
    expect(httpCall(source("inbound"), entry, 0)).toMatchObject({
      side: "server",
      sourceIdentity: "shop/buyer",
      sourceWorkload: "shop/deployment/buyer",
      destinationIdentity: "shop/store-v1",
      destinationService: "shop/store",
      denied: true,
    });
  });

  it("was for the backend when the host is the root of a split: that is where the caller's edge points", () => {
    const divided = { ...model, splits: { "shop/store": split("shop/store", { "store-v1": 1 }) } };
    const record = httpCall(source("inbound", divided), http("store.shop", "x", inboundCommon("shop/buyer", 8080)), 0);
    expect(record.destinationService).toBe("shop/store-v1");
  });

  it("does not take another trust domain's name for one of ours", () => {
    const entry = http("store", "x", {
      ...inboundCommon(null, 8080),
      tlsProperties: {
        peerCertificateProperties: { subjectAltName: [{ san: { case: "uri", value: "spiffe://other/buyer/shop" } }] },
      },
    });
    expect(httpCall(source("inbound"), entry, 0)).toMatchObject({ sourceIdentity: null, sourceWorkload: null });
  });

  it("says which policy let it in", () => {
    const filterMetadata = { "envoy.filters.http.rbac": { enforced_effective_policy_id: "shop/access/a/b/c" } };
    const entry = http("store", "via_upstream", { ...inboundCommon("shop/buyer", 8080), metadata: { filterMetadata } });
    expect(httpCall(source("inbound"), entry, 0).policy).toBe("shop/access/a/b/c");
  });

  it("tells connections too, with why they ended", () => {
    const entry = create(TCPAccessLogEntrySchema, {
      commonProperties: {
        ...inboundCommon("shop/buyer", 3306),
        connectionTerminationDetails: "rbac_access_denied_matched_policy[none]",
      },
    });
    expect(tcpCall(source("inbound"), entry, 42)).toMatchObject({
      at: 42,
      protocol: "tcp",
      denied: true,
      destinationService: "shop/ledger",
      status: null,
    });
  });
});
