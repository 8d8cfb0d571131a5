import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { type ServerReadableStream, type ServiceDefinition, type sendUnaryData, status } from "@grpc/grpc-js";
import { peerIdentity } from "../ads/peer";
import {
  type StreamAccessLogsMessage,
  StreamAccessLogsMessageSchema,
  StreamAccessLogsResponseSchema,
} from "../gen/envoy/service/accesslog/v3/als_pb";
import type { MeshSnapshot } from "../snapshot/mesh-snapshot";
import type { CallRecord, XdsServerOptions } from "../types";
import { httpCall, type LogSource, tcpCall } from "./call-record";

export const alsDefinition: ServiceDefinition = {
  StreamAccessLogs: {
    path: "/envoy.service.accesslog.v3.AccessLogService/StreamAccessLogs",
    requestStream: true,
    responseStream: false,
    requestSerialize: (message: StreamAccessLogsMessage) =>
      Buffer.from(toBinary(StreamAccessLogsMessageSchema, message)),
    requestDeserialize: (bytes: Buffer) => fromBinary(StreamAccessLogsMessageSchema, bytes),
    responseSerialize: (bytes: Buffer) => bytes,
    responseDeserialize: (bytes: Buffer) => bytes,
  },
};

const DONE = Buffer.from(toBinary(StreamAccessLogsResponseSchema, create(StreamAccessLogsResponseSchema)));

/** Takes the calls that sidecars tell. Who tells is known from the certificate. */
export function alsHandlers(snapshot: MeshSnapshot, options: XdsServerOptions) {
  return {
    StreamAccessLogs(call: ServerReadableStream<StreamAccessLogsMessage, Buffer>, done: sendUnaryData<Buffer>): void {
      const identity = peerIdentity(call.getAuthContext()?.sslPeerCertificate, options.trustDomain);
      if (identity === null) {
        done({ code: status.PERMISSION_DENIED, details: "The client certificate names no workload of this mesh." });
        return;
      }
      let proxyId = "";
      let logName = "";
      call.on("data", (message: StreamAccessLogsMessage) => {
        // Only the first message of a stream says whose it is.
        proxyId = message.identifier?.node?.id || proxyId;
        logName = message.identifier?.logName || logName;
        const { model } = snapshot;
        if (!model || !options.onCalls) return;
        const pod = snapshot.podsOf(proxyId).find((one) => one.identity === identity) ?? null;
        const calls = recordsOf({ model, identity, pod, logName }, message);
        if (calls.length > 0) options.onCalls(calls);
      });
      call.on("end", () => done(null, DONE));
      call.on("error", () => undefined);
    },
  };
}

function recordsOf(source: LogSource, { logEntries }: StreamAccessLogsMessage): readonly CallRecord[] {
  const now = Date.now();
  if (logEntries.case === "httpLogs") return logEntries.value.logEntry.map((entry) => httpCall(source, entry, now));
  if (logEntries.case === "tcpLogs") return logEntries.value.logEntry.map((entry) => tcpCall(source, entry, now));
  return [];
}
