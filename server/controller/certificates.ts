import { X509Certificate } from "node:crypto";
import type { Certificate } from "@/lib/contract/admin";
import type { MeshIdentity } from "@/lib/mesh/model";
import type { Authority, IssuedCertificate } from "@/server/pki/authority";
import { renewAt } from "@/server/pki/policy";
import type { KeyPair } from "@/server/xds/types";

interface Held {
  readonly issued: IssuedCertificate;
  readonly renewAt: number;
}

/** The certificates workloads present to each other: one per identity, in memory, renewed before they end. */
export class WorkloadCertificates {
  readonly #authority: Authority;
  readonly #held = new Map<string, Held>();
  readonly #root: Certificate;
  // Reading a certificate back costs as much as making one, and only the admin API asks.
  readonly #read = new WeakMap<IssuedCertificate, Certificate>();

  constructor(authority: Authority) {
    this.#authority = authority;
    this.#root = describe("root", authority.rootPem, "root");
  }

  /**
   * Issues what is missing or due, and forgets whoever is not listed. `validitySeconds` counts for new ones. Returns
   * whether anything changed.
   */
  update(identities: readonly MeshIdentity[], validitySeconds: number, now = Date.now()): boolean {
    let changed = false;
    const listed = new Set<string>();
    for (const identity of identities) {
      listed.add(identity.key);
      const held = this.#held.get(identity.key);
      if (held && held.renewAt > now) continue;
      const issued = this.#authority.issue({
        dnsNames: [identity.dnsName],
        uris: [identity.spiffeId],
        validitySeconds,
        usages: ["server", "client"],
      });
      this.#held.set(identity.key, { issued, renewAt: renewAt(issued, Math.random()) });
      changed = true;
    }
    for (const key of this.#held.keys()) {
      if (!listed.has(key)) changed = this.#held.delete(key) || changed;
    }
    return changed;
  }

  /** By identity key. */
  keyPairs(): ReadonlyMap<string, KeyPair> {
    return new Map([...this.#held].map(([key, { issued }]) => [key, issued]));
  }

  /** Unix milliseconds of the next renewal; null when there is nothing to renew. */
  nextRenewalAt(): number | null {
    const times = [...this.#held.values()].map((held) => held.renewAt);
    return times.length === 0 ? null : times.reduce((first, time) => Math.min(first, time));
  }

  /** The root first, then by identity. */
  describe(): Certificate[] {
    const workloads = [...this.#held].map(([identity, { issued }]) => this.#described(identity, issued));
    return [this.#root, ...workloads.sort((a, b) => (a.identity < b.identity ? -1 : 1))];
  }

  #described(identity: string, issued: IssuedCertificate): Certificate {
    const known = this.#read.get(issued) ?? describe(identity, issued.certificatePem, "workload");
    this.#read.set(issued, known);
    return known;
  }
}

/** A PEM certificate, to be told. */
export function describe(identity: string, pem: string, kind: Certificate["kind"]): Certificate {
  const read = new X509Certificate(pem);
  const uris = [...(read.subjectAltName ?? "").matchAll(/URI:([^,]+)/g)].map((match) => match[1] ?? "");
  return {
    identity,
    kind,
    subject: read.subject ?? "",
    uris,
    serial: read.serialNumber.toLowerCase(),
    issuer: read.issuer,
    notBefore: new Date(read.validFrom).toISOString(),
    notAfter: new Date(read.validTo).toISOString(),
    provider: "meshdeck",
  };
}
