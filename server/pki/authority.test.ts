import "reflect-metadata";
import { createPrivateKey, X509Certificate as NodeCertificate } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { beforeAll, describe, expect, it } from "vitest";
import { type Authority, createAuthority, loadAuthority } from "./authority";

const DAY = 86_400;
let root: Authority;
beforeAll(async () => {
  root = await createAuthority({ commonName: "osm-ca.openservicemesh.io", validitySeconds: 3650 * DAY });
});

describe("createAuthority", () => {
  it("makes a self-signed root that another library accepts", async () => {
    const read = new x509.X509Certificate(root.rootPem);
    expect(read.subject).toContain("CN=osm-ca.openservicemesh.io");
    expect(await read.isSelfSigned()).toBe(true);
    expect(read.getExtension(x509.BasicConstraintsExtension)?.ca).toBe(true);
    expect(read.getExtension(x509.KeyUsagesExtension)?.usages).toBe(
      x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
    );
  });
});

const generated = () => root.issue({ dnsNames: ["a"], validitySeconds: DAY, usages: ["client"] });

describe("issue", () => {
  it("signs a workload certificate with every name, usage and key id", async () => {
    const issued = root.issue({
      dnsNames: ["bookstore.bookstore.cluster.local"],
      uris: ["spiffe://cluster.local/bookstore/bookstore"],
      ips: ["127.0.0.1", "::1", "2001:db8::ff:1"],
      validitySeconds: DAY,
      usages: ["server", "client"],
    });
    const read = new x509.X509Certificate(issued.certificatePem);
    expect(await read.verify({ publicKey: new x509.X509Certificate(root.rootPem).publicKey })).toBe(true);
    expect(read.serialNumber).toBe(issued.serial);
    const names = read.getExtension(x509.SubjectAlternativeNameExtension)?.names.toJSON() ?? [];
    expect(names.filter((name) => name.type !== "ip").map((name) => name.value)).toEqual([
      "bookstore.bookstore.cluster.local",
      "spiffe://cluster.local/bookstore/bookstore",
    ]);
    expect(new NodeCertificate(issued.certificatePem).subjectAltName).toContain("IP Address:2001:DB8:0:0:0:0:FF:1");
    expect(read.getExtension(x509.ExtendedKeyUsageExtension)?.usages).toEqual([
      "1.3.6.1.5.5.7.3.1",
      "1.3.6.1.5.5.7.3.2",
    ]);
    expect(read.getExtension(x509.BasicConstraintsExtension)?.ca).toBe(false);
    expect(read.getExtension(x509.AuthorityKeyIdentifierExtension)?.keyId).toBe(
      new x509.X509Certificate(root.rootPem).getExtension(x509.SubjectKeyIdentifierExtension)?.keyId,
    );
    expect(read.notAfter).toEqual(issued.notAfter);
    expect(read.notBefore).toEqual(issued.notBefore);
  });

  it("leaves the subject empty and the names critical when a name is too long for it", () => {
    const long = `${"a".repeat(60)}.${"b".repeat(60)}.cluster.local`;
    const issued = root.issue({ dnsNames: [long], validitySeconds: DAY, usages: ["client"] });
    const read = new x509.X509Certificate(issued.certificatePem);
    expect(read.subject).toBe("");
    expect(read.getExtension(x509.SubjectAlternativeNameExtension)?.critical).toBe(true);
  });

  it("gives each certificate a key that is its own and that OpenSSL reads back the same", () => {
    for (let round = 0; round < 300; round += 1) {
      const { certificatePem, keyPem } = generated();
      const key = createPrivateKey(keyPem);
      expect(new NodeCertificate(certificatePem).checkPrivateKey(key)).toBe(true);
      expect(key.export({ type: "pkcs8", format: "pem" })).toBe(keyPem);
    }
  });

  it("never lets a certificate outlive the root", async () => {
    const short = await createAuthority({ commonName: "short", validitySeconds: 60 });
    const issued = short.issue({ dnsNames: ["a"], validitySeconds: DAY, usages: ["client"] });
    expect(issued.notAfter).toEqual(new Date(short.certificate.validTo));
  });

  it("gives every certificate a positive serial of its own", () => {
    const serials = Array.from({ length: 50 }, () => root.issue({ validitySeconds: 60, usages: [] }).serial);
    expect(new Set(serials).size).toBe(50);
    for (const serial of serials) expect(serial).toMatch(/^[4-7][0-9a-f]{31}$/);
  });
});

describe("loadAuthority", () => {
  it("goes on signing where the stored one stopped", async () => {
    const again = await loadAuthority({ certificatePem: root.rootPem, keyPem: root.keyPem });
    const issued = again.issue({ dnsNames: ["a.b"], validitySeconds: DAY, usages: ["server"] });
    const leaf = new NodeCertificate(issued.certificatePem);
    expect(leaf.checkIssued(root.certificate)).toBe(true);
    expect(leaf.verify(root.certificate.publicKey)).toBe(true);
  });

  it("signs with another's RSA root, dates after 2049 included", async () => {
    const algorithm = {
      name: "RSASSA-PKCS1-v1_5",
      hash: "SHA-256",
      publicExponent: new Uint8Array([1, 0, 1]),
      modulusLength: 2048,
    };
    const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
    const made = await x509.X509CertificateGenerator.createSelfSigned({
      name: "CN=osm-ca.openservicemesh.io, O=Open Service Mesh",
      keys,
      notAfter: new Date("2060-01-01T00:00:00Z"),
      extensions: [new x509.BasicConstraintsExtension(true)],
    });
    const key = Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
    const loaded = await loadAuthority({
      certificatePem: made.toString("pem"),
      keyPem: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`,
    });
    const issued = loaded.issue({ dnsNames: ["a"], validitySeconds: 30 * 365 * DAY, usages: ["server"] });
    const read = new x509.X509Certificate(issued.certificatePem);
    expect(await read.verify({ publicKey: made.publicKey })).toBe(true);
    expect(read.issuer).toBe(made.subject);
    expect(read.notAfter).toEqual(issued.notAfter);
    expect(read.notAfter.getUTCFullYear()).toBeGreaterThan(2049);
  });

  it.each([
    ["text that is no PEM", () => ({ certificatePem: "x", keyPem: "y" })],
    [
      "a key of another certificate",
      async () => ({
        certificatePem: root.rootPem,
        keyPem: (await createAuthority({ commonName: "b", validitySeconds: 60 })).keyPem,
      }),
    ],
    [
      "a certificate that is no authority",
      () => {
        const leaf = root.issue({ validitySeconds: 60, usages: [] });
        return leaf;
      },
    ],
  ])("refuses %s", async (_, make) => {
    await expect(loadAuthority(await make())).rejects.toMatchObject({ code: "unprocessable" });
  });
});
