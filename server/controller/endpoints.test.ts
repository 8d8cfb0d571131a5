import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createAuthority } from "@/server/pki/authority";
import { servingCertificate, sidecarEndpoint, webhookTarget } from "./endpoints";

const inCluster = { controlNamespace: "osm-system", advertisedHost: undefined };

describe("how the controller is reached", () => {
  it("is its Service in a cluster", () => {
    expect(sidecarEndpoint(inCluster, 15128)).toEqual({
      host: "meshdeck-controller.osm-system.svc.cluster.local",
      port: 15128,
      serverName: "meshdeck-controller.osm-system.svc",
    });
    expect(webhookTarget(inCluster, 9090)).toEqual({
      service: { name: "meshdeck-controller", namespace: "osm-system", port: 9090 },
    });
  });

  it("is the advertised host elsewhere, under the same name in its certificate", () => {
    const local = { ...inCluster, advertisedHost: "127.56.0.1" };
    expect(sidecarEndpoint(local, 1)).toMatchObject({
      host: "127.56.0.1",
      serverName: "meshdeck-controller.osm-system.svc",
    });
    expect(webhookTarget(local, 2)).toEqual({ url: { host: "127.56.0.1", port: 2 } });
  });

  it.each([
    ["127.56.0.1", "IP Address:127.56.0.1"],
    ["mesh.example", "DNS:mesh.example"],
  ])("has %s in its certificate", async (advertisedHost, name) => {
    const authority = await createAuthority({ commonName: "root", validitySeconds: 1e6 });
    const { certificatePem } = servingCertificate(authority, { ...inCluster, advertisedHost });
    const names = new X509Certificate(certificatePem).subjectAltName ?? "";
    expect(names).toContain(name);
    expect(names).toContain("DNS:meshdeck-controller.osm-system.svc");
  });
});
