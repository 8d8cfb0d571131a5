/** What a sidecar itself answers, in words: who was kept from what, and by which missing policy. */
import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  type AccessLogFilterSchema,
  ComparisonFilter_Op,
} from "@/server/xds/gen/envoy/config/accesslog/v3/accesslog_pb";
import type {
  LocalReplyConfigSchema,
  ResponseMapperSchema,
} from "@/server/xds/gen/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager_pb";
import { DENIED_HEADER, SENT, UNANSWERED_HEADER, UNSENT } from "@/server/xds/names";

type Replies = MessageInitShape<typeof LocalReplyConfigSchema>;
type Mapper = MessageInitShape<typeof ResponseMapperSchema>;
type FilterInit = MessageInitShape<typeof AccessLogFilterSchema>;

/** The caller's side: its own refusals (403) and names that lead nowhere (404). */
export function outboundReplies(identity: string): Replies {
  return {
    mappers: [
      mapper(
        status(403),
        `meshdeck: no TrafficTarget lets ${identity} call %REQ(:AUTHORITY)%. Add a TrafficTarget with ${identity} among its sources.\n`,
        DENIED_HEADER,
        "%REQ(:AUTHORITY)%",
      ),
      mapper(
        status(404),
        "meshdeck: no service of the mesh takes %REQ(:METHOD)% calls at %REQ(:AUTHORITY)%. Check its name, namespace and port.\n",
      ),
    ],
  };
}

/** The called side: refusals by its rules, and requests that its application never got. */
export function inboundReplies(identity: string): Replies {
  return {
    mappers: [
      mapper(
        status(403),
        `meshdeck: no TrafficTarget lets %DOWNSTREAM_PEER_URI_SAN% call ${identity} by %REQ(:METHOD)% %REQ(:PATH)%\n`,
        DENIED_HEADER,
        identity,
      ),
      // The connection to the application failed (UF): the request was never sent. Or it ended before an answer (UC, UR):
      // only a safe request may be sent again. The caller's sidecar tries elsewhere.
      { filter: flags("UF"), headersToAdd: [{ header: { key: UNANSWERED_HEADER, value: UNSENT } }] },
      { filter: flags("UC", "UR"), headersToAdd: [{ header: { key: UNANSWERED_HEADER, value: SENT } }] },
    ],
  };
}

function flags(...names: string[]): FilterInit {
  return { filterSpecifier: { case: "responseFlagFilter", value: { flags: names } } };
}

function status(code: number): FilterInit {
  return {
    filterSpecifier: {
      case: "statusCodeFilter",
      value: {
        comparison: {
          op: ComparisonFilter_Op.EQ,
          value: { defaultValue: code, runtimeKey: `meshdeck.replies.${code}` },
        },
      },
    },
  };
}

function mapper(filter: FilterInit, text: string, header?: string, value?: string): Mapper {
  return {
    filter,
    bodyFormatOverride: {
      format: { case: "textFormatSource", value: { specifier: { case: "inlineString", value: text } } },
      contentType: "text/plain; charset=utf-8",
    },
    ...(header && value ? { headersToAdd: [{ header: { key: header, value } }] } : {}),
  };
}
