import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from "node:crypto";
import { AppError } from "@/lib/contract/errors";
import { distinguishedName, keyId, signCertificate, type Usage } from "./certificate";
import { children } from "./der";
import { generateKey, pem } from "./key";

export interface CertificateRequest {
  readonly dnsNames?: readonly string[];
  readonly uris?: readonly string[];
  readonly ips?: readonly string[];
  readonly validitySeconds: number;
  readonly usages: readonly Usage[];
}

/** A certificate with its private key. PEM; the key is PKCS #8. Dates are whole seconds. */
export interface IssuedCertificate {
  readonly certificatePem: string;
  readonly keyPem: string;
  /** Lower-case hex. */
  readonly serial: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export interface Authority {
  readonly rootPem: string;
  readonly keyPem: string;
  readonly certificate: X509Certificate;
  /** A new ECDSA P-256 key and its certificate, signed by this authority. It never outlives the root. */
  issue(request: CertificateRequest): IssuedCertificate;
}

const ORGANIZATION = "Meshdeck";
/** Clocks of nodes differ by seconds: a certificate counts from a minute ago. */
const BACKDATE_SECONDS = 60;
/** RFC 5280 upper bound of a common name. Longer identities are named by their SANs alone. */
const COMMON_NAME_MAX = 64;

/** A new self-signed root (ECDSA P-256). */
export async function createAuthority(options: { commonName: string; validitySeconds: number }): Promise<Authority> {
  const { publicKey, keyPem } = generateKey();
  const privateKey = createPrivateKey(keyPem);
  const name = distinguishedName(options.commonName, ORGANIZATION);
  const signed = signCertificate(
    {
      issuerName: name,
      subjectName: name,
      ...validity(options.validitySeconds),
      publicKey,
      issuerKeyId: keyId(publicKey),
      authority: true,
      usages: [],
      names: { dnsNames: [], uris: [], ips: [] },
    },
    privateKey,
  );
  return authority(pem("CERTIFICATE", signed.der), privateKey);
}

/**
 * An authority from PEM, ours or another's (OSM's are RSA). `unprocessable` when it does not parse, when the key is not
 * the certificate's, or when the certificate may not sign others.
 */
export async function loadAuthority(stored: { certificatePem: string; keyPem: string }): Promise<Authority> {
  const refuse = (why: string, cause?: unknown) =>
    new AppError("unprocessable", `The root certificate cannot be used: ${why}.`, {
      hint: "Put back the certificate and key that belong together, or delete both to have a new root made.",
      cause,
    });
  let certificate: X509Certificate;
  let key: KeyObject;
  try {
    certificate = new X509Certificate(stored.certificatePem);
    key = createPrivateKey(stored.keyPem);
  } catch (error) {
    throw refuse("it is not PEM of a certificate and a private key", error);
  }
  if (!certificate.ca) throw refuse("it is not the certificate of an authority");
  if (!certificate.checkPrivateKey(key)) throw refuse("the private key belongs to another certificate");
  if (new Date(certificate.validTo).getTime() <= Date.now()) throw refuse(`it expired on ${certificate.validTo}`);
  return authority(stored.certificatePem, key);
}

function authority(rootPem: string, key: KeyObject): Authority {
  const certificate = new X509Certificate(rootPem);
  const name = subjectName(certificate);
  const id = keyId(createPublicKey(key).export({ type: "spki", format: "der" }));
  const lastMoment = new Date(certificate.validTo);
  return {
    rootPem,
    keyPem: key.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate,
    issue(request) {
      const { publicKey, keyPem } = generateKey();
      const { notBefore, notAfter: wanted } = validity(request.validitySeconds);
      const notAfter = wanted > lastMoment ? lastMoment : wanted;
      const first = request.dnsNames?.[0] ?? "";
      const signed = signCertificate(
        {
          issuerName: name,
          subjectName: distinguishedName(first.length <= COMMON_NAME_MAX ? first : ""),
          notBefore,
          notAfter,
          publicKey,
          issuerKeyId: id,
          authority: false,
          usages: request.usages,
          names: { dnsNames: request.dnsNames ?? [], uris: request.uris ?? [], ips: request.ips ?? [] },
        },
        key,
      );
      return {
        certificatePem: pem("CERTIFICATE", signed.der),
        keyPem,
        serial: signed.serial,
        notBefore,
        notAfter,
      };
    },
  };
}

function validity(seconds: number): { notBefore: Date; notAfter: Date } {
  const now = Math.floor(Date.now() / 1000);
  return { notBefore: new Date((now - BACKDATE_SECONDS) * 1000), notAfter: new Date((now + seconds) * 1000) };
}

/** The subject as the certificate spells it: an issuer name has to be the same bytes. */
function subjectName(certificate: X509Certificate): Buffer {
  const [body] = children(certificate.raw);
  if (!body) throw new RangeError("certificate without a body");
  const fields = children(body);
  // [0] version is absent in version 1 certificates; then serial, algorithm, issuer, validity, subject.
  const name = fields[fields[0]?.readUInt8(0) === 0xa0 ? 5 : 4];
  if (!name) throw new RangeError("certificate without a subject");
  return name;
}
