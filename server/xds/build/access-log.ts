import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  type AccessLogFilterSchema,
  type AccessLogSchema,
  ComparisonFilter_Op,
} from "@/server/xds/gen/envoy/config/accesslog/v3/accesslog_pb";
import { ApiVersion } from "@/server/xds/gen/envoy/config/core/v3/config_source_pb";
import {
  type CommonGrpcAccessLogConfigSchema,
  HttpGrpcAccessLogConfigSchema,
  TcpGrpcAccessLogConfigSchema,
} from "@/server/xds/gen/envoy/extensions/access_loggers/grpc/v3/als_pb";
import { FractionalPercent_DenominatorType } from "@/server/xds/gen/envoy/type/v3/percent_pb";
import { CONTROLLER_CLUSTER } from "@/server/xds/names";
import { milliseconds, pack } from "./pack";

type AccessLogInit = MessageInitShape<typeof AccessLogSchema>;
type FilterInit = MessageInitShape<typeof AccessLogFilterSchema>;

const FLUSH_MS = 200;
/** Of the calls that are not told anyway one in so many is. */
export const SAMPLE_ONE_IN = 100;

/** Every request that was answered 400 or worse, and a sample of the rest, told to the controller. */
export function httpAccessLog(logName: string): AccessLogInit {
  const failed: FilterInit = {
    filterSpecifier: {
      case: "statusCodeFilter",
      value: {
        comparison: {
          op: ComparisonFilter_Op.GE,
          value: { defaultValue: 400, runtimeKey: "meshdeck.calls.min_status" },
        },
      },
    },
  };
  return {
    name: "envoy.access_loggers.http_grpc",
    filter: { filterSpecifier: { case: "orFilter", value: { filters: [failed, sample()] } } },
    configType: { case: "typedConfig", value: pack(HttpGrpcAccessLogConfigSchema, { commonConfig: common(logName) }) },
  };
}

/** Connections are few and live long: each of them is told when it ends. */
export function tcpAccessLog(logName: string): AccessLogInit {
  return {
    name: "envoy.access_loggers.tcp_grpc",
    configType: { case: "typedConfig", value: pack(TcpGrpcAccessLogConfigSchema, { commonConfig: common(logName) }) },
  };
}

function sample(): FilterInit {
  return {
    filterSpecifier: {
      case: "runtimeFilter",
      value: {
        runtimeKey: "meshdeck.calls.sample",
        percentSampled: { numerator: 100 / SAMPLE_ONE_IN, denominator: FractionalPercent_DenominatorType.HUNDRED },
        useIndependentRandomness: true,
      },
    },
  };
}

function common(logName: string): MessageInitShape<typeof CommonGrpcAccessLogConfigSchema> {
  return {
    logName,
    transportApiVersion: ApiVersion.V3,
    bufferFlushInterval: milliseconds(FLUSH_MS),
    grpcService: { targetSpecifier: { case: "envoyGrpc", value: { clusterName: CONTROLLER_CLUSTER } } },
  };
}
