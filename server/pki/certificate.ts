/** Builds and signs X.509 v3 certificates (RFC 5280). About 20 times as fast as going through WebCrypto. */
import { createHash, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIPv4, isIPv6 } from "node:net";
import * as der from "./der";

export type Usage = "server" | "client";

export interface CertificateContent {
  /** DER of the issuer's name. */
  readonly issuerName: Buffer;
  readonly subjectName: Buffer;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Buffer;
  readonly issuerKeyId: Buffer;
  readonly authority: boolean;
  readonly usages: readonly Usage[];
  readonly names: {
    readonly dnsNames: readonly string[];
    readonly uris: readonly string[];
    readonly ips: readonly string[];
  };
}

const OID = {
  commonName: "2.5.4.3",
  organization: "2.5.4.10",
  subjectKeyId: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  authorityKeyId: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
  serverAuth: "1.3.6.1.5.5.7.3.1",
  clientAuth: "1.3.6.1.5.5.7.3.2",
  ecdsaWithSha256: "1.2.840.10045.4.3.2",
  rsaWithSha256: "1.2.840.113549.1.1.11",
} as const;

/** A distinguished name. An empty common name gives the empty name, whose certificate is known by its SANs alone. */
export function distinguishedName(commonName: string, organization?: string): Buffer {
  const part = (type: string, value: string) => der.set(der.sequence(der.oid(type), der.utf8(value)));
  const parts = organization ? [part(OID.organization, organization)] : [];
  if (commonName) parts.push(part(OID.commonName, commonName));
  return der.sequence(...parts);
}

/** RFC 5280 4.2.1.2 method 1: SHA-1 of the public key's bits. It names a key, it protects nothing. */
export function keyId(publicKey: Buffer): Buffer {
  const bits = der.children(publicKey)[1];
  if (!bits) throw new RangeError("public key without bits");
  return createHash("sha1").update(der.contents(bits).subarray(1)).digest();
}

/** Signs `content` with SHA-256. Returns the DER and the serial in lower-case hex. */
export function signCertificate(content: CertificateContent, issuerKey: KeyObject): { der: Buffer; serial: string } {
  const serial = randomBytes(16);
  // Positive and never shorter than 16 bytes, so that its hex is what every tool prints.
  serial.writeUInt8((serial.readUInt8(0) & 0x3f) | 0x40, 0);
  const algorithm =
    issuerKey.asymmetricKeyType === "rsa"
      ? der.sequence(der.oid(OID.rsaWithSha256), der.NULL)
      : der.sequence(der.oid(OID.ecdsaWithSha256));
  const body = der.sequence(
    der.explicit(0, der.integer(Buffer.of(2))),
    der.integer(serial),
    algorithm,
    content.issuerName,
    der.sequence(der.time(content.notBefore), der.time(content.notAfter)),
    content.subjectName,
    content.publicKey,
    der.explicit(3, der.sequence(...extensions(content))),
  );
  const signature = sign("sha256", body, issuerKey);
  return { der: der.sequence(body, algorithm, der.bitString(signature)), serial: serial.toString("hex") };
}

function extensions(content: CertificateContent): Buffer[] {
  const list = [
    extension(OID.basicConstraints, true, content.authority ? der.sequence(der.boolean(true)) : der.sequence()),
    // keyCertSign and cRLSign for an authority, digitalSignature for everyone else.
    extension(
      OID.keyUsage,
      true,
      content.authority ? der.bitString(Buffer.of(0x06), 1) : der.bitString(Buffer.of(0x80), 7),
    ),
    extension(OID.subjectKeyId, false, der.octets(keyId(content.publicKey))),
    extension(OID.authorityKeyId, false, der.sequence(der.implicit(0, content.issuerKeyId))),
  ];
  if (content.usages.length > 0) {
    const ids = content.usages.map((usage) => der.oid(usage === "server" ? OID.serverAuth : OID.clientAuth));
    list.push(extension(OID.extendedKeyUsage, false, der.sequence(...ids)));
  }
  const { dnsNames, uris, ips } = content.names;
  const names = [
    ...dnsNames.map((name) => der.implicit(2, Buffer.from(name, "ascii"))),
    ...uris.map((uri) => der.implicit(6, Buffer.from(uri, "ascii"))),
    ...ips.map((ip) => der.implicit(7, ipOctets(ip))),
  ];
  const nameless = der.contents(content.subjectName).length === 0;
  if (names.length > 0) list.push(extension(OID.subjectAltName, nameless, der.sequence(...names)));
  return list;
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return critical
    ? der.sequence(der.oid(id), der.boolean(true), der.octets(value))
    : der.sequence(der.oid(id), der.octets(value));
}

function ipOctets(ip: string): Buffer {
  if (isIPv4(ip)) return Buffer.from(ip.split(".").map(Number));
  if (!isIPv6(ip)) throw new RangeError(`not an IP address: ${ip}`);
  const [head = "", tail] = ip.split("::");
  const groups = (text: string | undefined) => (text ? text.split(":").map((group) => Number.parseInt(group, 16)) : []);
  const left = groups(head);
  const right = groups(tail);
  const words =
    tail === undefined ? left : [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
  return Buffer.from(words.flatMap((word) => [word >> 8, word & 0xff]));
}
