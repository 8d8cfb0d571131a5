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
        matchTypedSubjectAltNames: accepted.map(exactUri),
      },
      validationContextSdsSecretConfig: { name: rootCertificate(options.identity), sdsConfig: fromAds() },
    },
  });
  const context = pack(UpstreamTlsContextSchema, { commonTlsContext, sni: options.serverName });
  return create(TransportSocketSchema, { name: TLS, configType: { case: "typedConfig", value: context } });
}

/**
 * Mutual TLS of a served port: who calls must show a certificate of the mesh. Who may call is RBAC's matter; with `caller`
 * (a SPIFFE id) nobody else even gets a connection.
 */
export function downstreamTls(identity: string, alpn: readonly string[], caller?: string): TransportSocket {
  const roots = { name: rootCertificate(identity), sdsConfig: fromAds() };
  const commonTlsContext = commonTls(
    identity,
    alpn,
    caller === undefined
      ? { case: "validationContextSdsSecretConfig", value: roots }
      : {
          case: "combinedValidationContext",
          value: {
            defaultValidationContext: { matchTypedSubjectAltNames: [exactUri(caller)] },
            validationContextSdsSecretConfig: roots,
          },
        },
  );
  const context = pack(DownstreamTlsContextSchema, { commonTlsContext, requireClientCertificate: true });
  return create(TransportSocketSchema, { name: TLS, configType: { case: "typedConfig", value: context } });
}

function exactUri(value: string) {
  return { sanType: SubjectAltNameMatcher_SanType.URI, matcher: { matchPattern: { case: "exact" as const, value } } };
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
