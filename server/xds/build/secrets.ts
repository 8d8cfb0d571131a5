import { SecretSchema } from "@/server/xds/gen/envoy/extensions/transport_sockets/tls/v3/secret_pb";
import { rootCertificate, serviceCertificate } from "@/server/xds/names";
import { encode } from "./pack";

/** `service-cert:ns/sa`: PEM chain (leaf first) and key. */
export function buildServiceCertificate(identity: string, certificatePem: string, keyPem: string): Uint8Array {
  return encode(SecretSchema, {
    name: serviceCertificate(identity),
    type: {
      case: "tlsCertificate",
      value: {
        certificateChain: { specifier: { case: "inlineString", value: certificatePem } },
        privateKey: { specifier: { case: "inlineString", value: keyPem } },
      },
    },
  });
}

/** `root-cert:ns/sa`: the roots others' certificates are checked against. */
export function buildRootCertificate(identity: string, trustBundlePem: string): Uint8Array {
  return encode(SecretSchema, {
    name: rootCertificate(identity),
    type: {
      case: "validationContext",
      value: { trustedCa: { specifier: { case: "inlineString", value: trustBundlePem } } },
    },
  });
}
