import { describe, expect, it } from "vitest";
import type { MeshIdentity } from "@/lib/mesh/model";
import { createAuthority } from "@/server/pki/authority";
import { WorkloadCertificates } from "./certificates";

function identity(name: string): MeshIdentity {
  return {
    key: `${name}/${name}`,
    namespace: name,
    serviceAccount: name,
    spiffeId: `spiffe://cluster.local/${name}/${name}`,
    dnsName: `${name}.${name}.cluster.local`,
  };
}

const HOUR = 3600;

describe("WorkloadCertificates", () => {
  it("issues once per identity, renews what is due and forgets who is gone", async () => {
    const held = new WorkloadCertificates(await createAuthority({ commonName: "root", validitySeconds: 1000 * HOUR }));
    const [a, b] = [identity("a"), identity("b")];
    expect(held.nextRenewalAt()).toBeNull();
    expect(held.update([a, b], 24 * HOUR)).toBe(true);
    expect(held.update([a, b], 24 * HOUR)).toBe(false);
    const first = held.keyPairs().get("a/a");
    const due = held.nextRenewalAt() ?? 0;
    expect(due - Date.now()).toBeGreaterThan(13 * HOUR * 1000);
    expect(due - Date.now()).toBeLessThan(16.1 * HOUR * 1000);
    expect(held.update([a, b], 24 * HOUR, due + 3 * HOUR * 1000)).toBe(true);
    expect(held.keyPairs().get("a/a")?.certificatePem).not.toBe(first?.certificatePem);
    expect(held.update([b], 24 * HOUR)).toBe(true);
    expect([...held.keyPairs().keys()]).toEqual(["b/b"]);
  });

  it("tells who each certificate is for and when it ends", async () => {
    const held = new WorkloadCertificates(await createAuthority({ commonName: "root", validitySeconds: 1000 * HOUR }));
    held.update([identity("b"), identity("a")], HOUR);
    const [root, a] = held.describe();
    expect(root).toMatchObject({ identity: "root", kind: "root", uris: [] });
    expect(a).toMatchObject({
      identity: "a/a",
      kind: "workload",
      uris: ["spiffe://cluster.local/a/a"],
      issuer: root?.subject,
    });
    expect(a?.subject).toContain("CN=a.a.cluster.local");
    expect(Date.parse(a?.notAfter ?? "")).toBeGreaterThan(Date.now());
  });
});
