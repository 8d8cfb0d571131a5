import { createECDH } from "node:crypto";
import * as der from "./der";

/** A private key and its public part, as certificates and PEM files carry them. */
export interface GeneratedKey {
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Buffer;
  /** PKCS #8. */
  readonly keyPem: string;
}

const ALGORITHM = der.sequence(der.oid("1.2.840.10045.2.1"), der.oid("1.2.840.10045.3.1.7"));
const SCALAR_BYTES = 32;

/**
 * A new ECDSA P-256 key. Encoded here (RFC 5480, RFC 5915, RFC 5958): OpenSSL's encoders take five times as long as
 * making the key, and a mesh of a thousand identities waits for them when its controller starts.
 */
export function generateKey(): GeneratedKey {
  const pair = createECDH("prime256v1");
  const point = pair.generateKeys();
  const scalar = Buffer.alloc(SCALAR_BYTES);
  const secret = pair.getPrivateKey();
  secret.copy(scalar, SCALAR_BYTES - secret.length);
  const inner = der.sequence(der.integer(Buffer.of(1)), der.octets(scalar), der.explicit(1, der.bitString(point)));
  const outer = der.sequence(der.integer(Buffer.of(0)), ALGORITHM, der.octets(inner));
  return { publicKey: der.sequence(ALGORITHM, der.bitString(point)), keyPem: pem("PRIVATE KEY", outer) };
}

/** RFC 7468. */
export function pem(label: string, content: Buffer): string {
  const lines = content.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
