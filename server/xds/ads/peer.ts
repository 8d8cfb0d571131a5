import { identityOfSpiffeId } from "../names";

interface PeerCertificateNames {
  readonly subjectaltname?: string | undefined;
}

/**
 * The identity key of a client, from its certificate and from nothing it says. null: the certificate names no workload of
 * this trust domain, or more than one.
 */
export function peerIdentity(certificate: PeerCertificateNames | undefined, trustDomain: string): string | null {
  const written = certificate?.subjectaltname ?? "";
  // Node quotes names that have a comma in them. Ours never do: such a one is made to be read as two.
  if (written.includes('"')) return null;
  const names = written.split(", ");
  const uris = names.filter((name) => name.startsWith("URI:")).map((name) => name.slice("URI:".length));
  const [only] = uris;
  return only !== undefined && uris.length === 1 ? identityOfSpiffeId(only, trustDomain) : null;
}
