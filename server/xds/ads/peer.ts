import { X509Certificate } from "node:crypto";
import type { Certificate } from "@/lib/contract/admin";
import { identityOfSpiffeId } from "../names";

interface PeerCertificate {
  readonly subjectaltname?: string | undefined;
  /** DER. */
  readonly raw?: Buffer | undefined;
}

/**
 * The identity key of a client, from its certificate and from nothing it says. null: the certificate names no workload of
 * this trust domain, or more than one.
 */
export function peerIdentity(certificate: PeerCertificate | undefined, trustDomain: string): string | null {
  const written = certificate?.subjectaltname ?? "";
  // Node quotes names that have a comma in them. Ours never do: such a one is made to be read as two.
  if (written.includes('"')) return null;
  const names = written.split(", ");
  const uris = names.filter((name) => name.startsWith("URI:")).map((name) => name.slice("URI:".length));
  const [only] = uris;
  return only !== undefined && uris.length === 1 ? identityOfSpiffeId(only, trustDomain) : null;
}

/** What the client showed, to be told; null when it is not known. */
export function peerCertificate(certificate: PeerCertificate | undefined, identity: string): Certificate | null {
  if (!certificate?.raw) return null;
  const read = new X509Certificate(certificate.raw);
  const uris = (read.subjectAltName ?? "").split(", ").filter((name) => name.startsWith("URI:"));
  return {
    identity,
    kind: "proxy",
    subject: read.subject ?? "",
    uris: uris.map((name) => name.slice("URI:".length)),
    serial: read.serialNumber.toLowerCase(),
    issuer: read.issuer,
    notBefore: new Date(read.validFrom).toISOString(),
    notAfter: new Date(read.validTo).toISOString(),
    provider: "meshdeck",
  };
}
