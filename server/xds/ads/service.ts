import { fromBinary } from "@bufbuild/protobuf";
import { type MethodDefinition, type ServerDuplexStream, type ServiceDefinition, status } from "@grpc/grpc-js";
import type { Node } from "../gen/envoy/config/core/v3/base_pb";
import {
  type DeltaDiscoveryRequest,
  DeltaDiscoveryRequestSchema,
  type DiscoveryRequest,
  DiscoveryRequestSchema,
} from "../gen/envoy/service/discovery/v3/discovery_pb";
import { resourceType } from "../names";
import type { Hub } from "./hub";
import type { ProxyStream, StreamPort } from "./proxy-stream";
import { deltaResponse, sotwResponse } from "./responses";

const SERVICE = "envoy.service.discovery.v3.AggregatedDiscoveryService";

/** Answers are bytes already: every proxy is written the same ones. */
function method<Request>(
  name: string,
  requestDeserialize: (bytes: Buffer) => Request,
): MethodDefinition<Request, Buffer> {
  return {
    path: `/${SERVICE}/${name}`,
    requestStream: true,
    responseStream: true,
    requestSerialize: () => {
      throw new Error("this side only reads requests");
    },
    requestDeserialize,
    responseSerialize: (bytes) => bytes,
    responseDeserialize: (bytes) => bytes,
  };
}

const delta = method("DeltaAggregatedResources", (bytes) => fromBinary(DeltaDiscoveryRequestSchema, bytes));
const sotw = method("StreamAggregatedResources", (bytes) => fromBinary(DiscoveryRequestSchema, bytes));

export const adsDefinition: ServiceDefinition = {
  DeltaAggregatedResources: delta,
  StreamAggregatedResources: sotw,
};

/** The aggregated discovery service in both protocols, over one hub. */
export function adsHandlers(hub: Hub) {
  return {
    DeltaAggregatedResources: (call: ServerDuplexStream<DeltaDiscoveryRequest, Buffer>) =>
      serve(hub, call, {
        send: (type, nonce, batch) => call.write(deltaResponse(type, nonce, batch)),
        handle: handleDelta,
      }),
    StreamAggregatedResources: (call: ServerDuplexStream<DiscoveryRequest, Buffer>) => {
      const wanted = new Map<string, ReadonlySet<string>>();
      serve(hub, call, {
        send: (type, nonce, _batch, subscription) => call.write(sotwResponse(type, nonce, subscription.whole())),
        handle: (stream, request) => handleSotw(stream, request, wanted),
      });
    },
  };
}

interface Protocol<Request> {
  readonly send: StreamPort["send"];
  handle(stream: ProxyStream, request: Request): void;
}

function serve<Request extends { readonly node?: Node | undefined }>(
  hub: Hub,
  call: ServerDuplexStream<Request, Buffer>,
  protocol: Protocol<Request>,
): void {
  let stream: ProxyStream | null = null;
  let refused = false;
  const refuse = (details: string) => {
    refused = true;
    call.emit("error", { code: status.PERMISSION_DENIED, details });
  };
  call.on("data", (request: Request) => {
    if (refused) return;
    if (stream === null) {
      const opened = hub.open({
        certificate: call.getAuthContext()?.sslPeerCertificate,
        node: request.node,
        send: protocol.send,
        refuse,
      });
      if (opened === null) return;
      stream = opened;
    }
    protocol.handle(stream, request);
  });
  const end = () => {
    if (stream) hub.close(stream);
  };
  call.on("end", () => {
    end();
    call.end();
  });
  call.on("cancelled", end);
  call.on("error", end);
}

function handleDelta(stream: ProxyStream, request: DeltaDiscoveryRequest): void {
  const type = resourceType(request.typeUrl);
  if (type === null) return;
  if (request.responseNonce !== "") stream.settle(type, request.responseNonce, request.errorDetail?.message ?? null);
  const { resourceNamesSubscribe: subscribe, resourceNamesUnsubscribe: unsubscribe, initialResourceVersions } = request;
  const first = !stream.subscription(type).started;
  if (!first && subscribe.length === 0 && unsubscribe.length === 0) return;
  stream.change(type, { subscribe, unsubscribe, initialVersions: initialResourceVersions });
}

/** Every request names all that is wanted; what changed is worked out here. No names means all for CDS and LDS. */
function handleSotw(stream: ProxyStream, request: DiscoveryRequest, wanted: Map<string, ReadonlySet<string>>): void {
  const type = resourceType(request.typeUrl);
  if (type === null) return;
  if (request.responseNonce !== "") stream.settle(type, request.responseNonce, request.errorDetail?.message ?? null);
  const before = wanted.get(type);
  const now = new Set(request.resourceNames);
  wanted.set(type, now);
  const subscribe = [...now].filter((name) => !before?.has(name));
  const unsubscribe = [...(before ?? [])].filter((name) => !now.has(name));
  if (before && subscribe.length === 0 && unsubscribe.length === 0) return;
  stream.change(type, { subscribe, unsubscribe, initialVersions: {} });
}
