import { PROGRAM_SIZE_LIMIT } from "@/lib/mesh/regex";
import { LATENCY_BOUNDS_MS } from "@/lib/metrics/latency-bounds";

/**
 * What a sidecar starts from: files of a Secret, mounted at BOOTSTRAP_FOLDER, which is also its working directory. Paths
 * are relative and their folder is watched, so a renewed Secret is taken up without a restart.
 */
export const BOOTSTRAP_FOLDER = "/etc/meshdeck/bootstrap";
/** The one static cluster: the controller, for configuration and access logs. */
export const CONTROLLER_CLUSTER = "meshdeck-controller";

const SECRET_TYPE = "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret";
const CLIENT_SECRET = "tls";
const ROOTS_SECRET = "ca";

export interface BootstrapInput {
  readonly controller: { readonly host: string; readonly port: number; readonly serverName: string };
  /** PEM: the sidecar's client certificate, its key, and the roots it trusts. */
  readonly certificatePem: string;
  readonly keyPem: string;
  readonly rootsPem: string;
}

/** Name of the Secret with a ServiceAccount's bootstrap files. */
export function bootstrapSecretName(serviceAccount: string): string {
  return `meshdeck-bootstrap-${serviceAccount}`;
}

/** The Secret's files by name, as text. */
export function bootstrapFiles(input: BootstrapInput): Readonly<Record<string, string>> {
  return {
    "bootstrap.json": json(bootstrap(input.controller)),
    "sds-client.json": json(
      secret(CLIENT_SECRET, {
        tls_certificate: {
          certificate_chain: { filename: "tls.crt" },
          private_key: { filename: "tls.key" },
          watched_directory: { path: "." },
        },
      }),
    ),
    "sds-ca.json": json(
      secret(ROOTS_SECRET, {
        validation_context: { trusted_ca: { filename: "ca.crt" }, watched_directory: { path: "." } },
      }),
    ),
    "tls.crt": input.certificatePem,
    "tls.key": input.keyPem,
    "ca.crt": input.rootsPem,
  };
}

function bootstrap(controller: BootstrapInput["controller"]): object {
  const ads = { ads: {}, resource_api_version: "V3" };
  return {
    dynamic_resources: {
      ads_config: {
        api_type: "DELTA_GRPC",
        transport_api_version: "V3",
        set_node_on_first_message_only: true,
        grpc_services: [
          {
            envoy_grpc: {
              cluster_name: CONTROLLER_CLUSTER,
              // A controller that was restarted is found again within two seconds, not thirty.
              retry_policy: { retry_back_off: { base_interval: "0.2s", max_interval: "2s" } },
            },
          },
        ],
      },
      cds_config: ads,
      lds_config: ads,
    },
    static_resources: { clusters: [controllerCluster(controller)] },
    // Histograms otherwise move only every five seconds, whenever they are scraped.
    stats_flush_on_admin: true,
    stats_config: {
      histogram_bucket_settings: [{ match: { suffix: "upstream_rq_time" }, buckets: LATENCY_BOUNDS_MS }],
    },
    // Envoy takes no long expression by itself: 100 instructions are a UUID spelled out.
    layered_runtime: {
      layers: [{ name: "static", static_layer: { "re2.max_program_size.error_level": PROGRAM_SIZE_LIMIT } }],
    },
  };
}

function controllerCluster({ host, port, serverName }: BootstrapInput["controller"]): object {
  return {
    name: CONTROLLER_CLUSTER,
    type: isAddress(host) ? "STATIC" : "STRICT_DNS",
    connect_timeout: "2s",
    load_assignment: {
      cluster_name: CONTROLLER_CLUSTER,
      endpoints: [
        { lb_endpoints: [{ endpoint: { address: { socket_address: { address: host, port_value: port } } } }] },
      ],
    },
    typed_extension_protocol_options: {
      "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
        "@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
        explicit_http_config: {
          http2_protocol_options: { connection_keepalive: { interval: "30s", timeout: "5s" } },
        },
      },
    },
    transport_socket: {
      name: "envoy.transport_sockets.tls",
      typed_config: {
        "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
        sni: serverName,
        common_tls_context: {
          alpn_protocols: ["h2"],
          tls_params: { tls_minimum_protocol_version: "TLSv1_2" },
          tls_certificate_sds_secret_configs: [fromFile(CLIENT_SECRET, "sds-client.json")],
          combined_validation_context: {
            default_validation_context: {
              match_typed_subject_alt_names: [{ san_type: "DNS", matcher: { exact: serverName } }],
            },
            validation_context_sds_secret_config: fromFile(ROOTS_SECRET, "sds-ca.json"),
          },
        },
      },
    },
  };
}

function fromFile(name: string, path: string): object {
  return {
    name,
    sds_config: { path_config_source: { path, watched_directory: { path: "." } }, resource_api_version: "V3" },
  };
}

function secret(name: string, content: object): object {
  return { resources: [{ "@type": SECRET_TYPE, name, ...content }] };
}

function isAddress(host: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host) || host.includes(":");
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
