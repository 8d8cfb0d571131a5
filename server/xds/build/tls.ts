import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type TransportSocket, TransportSocketSchema } from "@/server/xds/gen/envoy/config/core/v3/base_pb";
import {
  SubjectAltNameMatcher_SanType,
  TlsParameters_TlsProtocol,
} from "@/server/xds/gen/envoy/extensions/transport_sockets/tls/v3/common_pb";
import {
  type CommonTlsContextSchema,
  DownstreamTlsContextSchema,
  UpstreamTlsContextSchema,
} from "@/server/xds/gen/envoy/extensions/transport_sockets/tls/v3/tls_pb";
import { rootCertificate, serviceCertificate } from "@/server/xds/names";
import { fromAds, pack } from "./pack";

const TLS = "envoy.transport_sockets.tls";
/** No certificate of the mesh has it: a service without pods must not be played by whoever answers at an old address. */
const NOBODY = "spiffe://";

export interface UpstreamTls {
  /** Who calls. */
  readonly identity: string;
  /** Who may answer. */
  readonly spiffeIds: readonly string[];
  readonly serverName: string;
  readonly alpn: readonly string[];
}

/** Mutual TLS to a service: our own identity's certificate, and a server that shows one of `spiffeIds`. */
export function upstreamTls(options: UpstreamTls): TransportSocket {
  const accepted = options.spiffeIds.length > 0 ? options.spiffeIds : [NOBODY];
  const commonTlsContext = commonTls(options.identity, options.alpn, {
    case: "combinedValidationContext",
    value: {
      defaultValidationContext: {
        matchTypedSubjectAltNames: accepted.map((value) => ({
          sanType: SubjectAltNameMatcher_SanType.URI,
          matcher: { matchPattern: { case: "exact", value } },
        })),
      },
      validationContextSdsSecretConfig: { name: rootCertificate(options.identity), sdsConfig: fromAds() },
    },
  });
  const context = pack(UpstreamTlsContextSchema, { commonTlsContext, sni: options.serverName });
  return create(TransportSocketSchema, { name: TLS, configType: { case: "typedConfig", value: context } });
}

/** Mutual TLS of a served port: who calls must show a certificate of the mesh. Who may call is RBAC's matter. */
export function downstreamTls(identity: string, alpn: readonly string[]): TransportSocket {
  const commonTlsContext = commonTls(identity, alpn, {
    case: "validationContextSdsSecretConfig",
    value: { name: rootCertificate(identity), sdsConfig: fromAds() },
  });
  const context = pack(DownstreamTlsContextSchema, { commonTlsContext, requireClientCertificate: true });
  return create(TransportSocketSchema, { name: TLS, configType: { case: "typedConfig", value: context } });
}

type CommonTls = MessageInitShape<typeof CommonTlsContextSchema>;

function commonTls(
  identity: string,
  alpn: readonly string[],
  validationContextType: NonNullable<CommonTls["validationContextType"]>,
): CommonTls {
  return {
    tlsParams: {
      tlsMinimumProtocolVersion: TlsParameters_TlsProtocol.TLSv1_2,
      tlsMaximumProtocolVersion: TlsParameters_TlsProtocol.TLSv1_3,
    },
    tlsCertificateSdsSecretConfigs: [{ name: serviceCertificate(identity), sdsConfig: fromAds() }],
    alpnProtocols: [...alpn],
    validationContextType,
  };
}
