import { buildRootCertificate, buildServiceCertificate } from "../build/secrets";
import { rootCertificate, serviceCertificate } from "../names";
import type { Resource } from "../resource";
import type { ResourceSet } from "../resource-set";
import type { KeyPair } from "../types";
import { Keep } from "./keep";
import { type Maker, setOf } from "./maker";

/** SDS by identity. A proxy gets the secrets of its own identity and of no other. */
export class SecretSets {
  private certificates: ReadonlyMap<string, KeyPair> = new Map();
  private trustBundlePem = "";
  private readonly roots = new Keep<Resource>();
  private readonly own = new Keep<Resource>();
  private readonly sets = new Keep<ResourceSet>();

  constructor(private readonly maker: Maker) {}

  update(certificates: ReadonlyMap<string, KeyPair>, trustBundlePem: string): void {
    this.certificates = certificates;
    this.trustBundlePem = trustBundlePem;
    for (const keep of [this.roots, this.own, this.sets]) keep.retain((identity) => certificates.has(identity));
  }

  /** Empty until the identity's certificate is known: an incomplete answer would start listeners that refuse everyone. */
  of(identity: string): ResourceSet {
    const pair = this.certificates.get(identity);
    if (!pair) return NONE;
    const { certificatePem, keyPem } = pair;
    const root = this.roots.get(identity, [this.trustBundlePem], () =>
      this.maker.resource("SDS", rootCertificate(identity), buildRootCertificate(identity, this.trustBundlePem)),
    );
    const own = this.own.get(identity, [certificatePem, keyPem], () =>
      this.maker.resource(
        "SDS",
        serviceCertificate(identity),
        buildServiceCertificate(identity, certificatePem, keyPem),
      ),
    );
    return this.sets.get(identity, [root, own], () => setOf([root, own]));
  }
}

const NONE: ResourceSet = new Map();
