"use client";
import Link from "next/link";
import { QuantityText } from "@/components/charts/quantity-text";
import { SubjectCharts } from "@/components/charts/subject-charts";
import { useSharedQuery } from "@/components/shell/scope";
import { InspectorSection } from "@/components/ui/inspector";
import { StatusMark } from "@/components/ui/status-mark";
import { Tag } from "@/components/ui/tag";
import type { TopologyEdge } from "@/lib/contract/topology";
import {
  bytesQuantity,
  formatQuantity,
  millisecondsQuantity,
  percentQuantity,
  rateQuantity,
} from "@/lib/format/number";
import { speakEdge } from "../speak";
import { edgeStatus, STATUS_WORD } from "../status";
import { type Fact, Facts, Headline } from "./facts";
import { useEdgeIdentities } from "./use-edge-identities";

interface EdgeDetailsProps {
  edge: TopologyEdge;
  /** Names to read, as drawn. */
  from: string;
  to: string;
}

/** One edge: what flows, how well, how safely, and by which policy. */
export function EdgeDetails({ edge, from, to }: EdgeDetailsProps) {
  const query = useSharedQuery();
  const identities = useEdgeIdentities(edge);
  const status = edgeStatus(edge);
  const share = query === "" ? "?" : `${query}&`;
  return (
    <>
      <p className="flex items-start gap-2 border-line border-b px-4 py-2.5 text-sm">
        <span className="mt-0.75">
          <StatusMark status={status} label={STATUS_WORD[status]} />
        </span>
        {speakEdge(from, to, { id: edge.id, from, to, kind: "call", edge, calls: [edge.id] })}.
      </p>
      <Headline facts={headline(edge)} />
      <InspectorSection title="Safety">
        <Facts
          facts={[
            { name: "Encrypted", value: <Encrypted ratio={edge.mtlsRatio} /> },
            { name: "Caller", value: <Identities keys={identities.source} /> },
            { name: "Callee", value: <Identities keys={identities.target} /> },
          ]}
        />
      </InspectorSection>
      <InspectorSection title="Policy">
        {edge.policies.length > 0 ? (
          <ul className="flex flex-wrap gap-1.5">
            {edge.policies.map((policy) => (
              <li key={policy}>
                <Link href={`/access${share}policy=${policy}`} className="hover:underline">
                  <Tag>{policy}</Tag>
                </Link>
              </li>
            ))}
          </ul>
        ) : (
          <p className="text-sm">
            {edge.allowed
              ? "Allowed without a TrafficTarget: the mesh is permissive."
              : "No TrafficTarget lets the caller reach it. "}
            {!edge.allowed && (
              <Link
                href={`/access${share}source=${edge.source}&destination=${edge.target}`}
                className="text-accent underline underline-offset-2"
              >
                See why, and what would allow it
              </Link>
            )}
          </p>
        )}
      </InspectorSection>
      {edge.splitRoot !== null && (
        <InspectorSection title="Split">
          <Facts
            facts={[
              { name: "Asked", value: <QuantityText quantity={percentQuantity(edge.desiredShare)} /> },
              { name: "Seen", value: <QuantityText quantity={percentQuantity(edge.splitShare)} /> },
              {
                name: "Of",
                value: (
                  <Link href={`/splits${query}`} className="text-accent hover:underline">
                    {edge.splitRoot.split("/").slice(2).join("/")}
                  </Link>
                ),
              },
            ]}
          />
        </InspectorSection>
      )}
      <InspectorSection title="Last 15 minutes">
        <SubjectCharts subject={{ kind: "edge", source: edge.source, target: edge.target }} />
      </InspectorSection>
    </>
  );
}

function headline(edge: TopologyEdge): readonly Fact[] {
  if (edge.denied) return [{ name: "Denied", value: <QuantityText quantity={rateQuantity(edge.deniedPerSecond)} /> }];
  if (edge.protocol === "tcp") {
    const bytes = bytesQuantity(edge.bytesPerSecond);
    return [
      { name: "Connections", value: <QuantityText quantity={rateQuantity(edge.requestsPerSecond)} /> },
      {
        name: "Bytes",
        value: <QuantityText quantity={bytes.unit === "" ? bytes : { ...bytes, unit: `${bytes.unit}/s` }} />,
      },
    ];
  }
  return [
    { name: "Rate", value: <QuantityText quantity={rateQuantity(edge.requestsPerSecond)} /> },
    { name: "Errors", value: <QuantityText quantity={percentQuantity(edge.errorRatio)} /> },
    { name: "p50", value: <QuantityText quantity={millisecondsQuantity(edge.latencyMs?.p50 ?? null)} /> },
    { name: "p99", value: <QuantityText quantity={millisecondsQuantity(edge.latencyMs?.p99 ?? null)} /> },
  ];
}

function Encrypted({ ratio }: { ratio: number | null }) {
  if (ratio === null) return <span className="text-ink-3">no connection yet</span>;
  return (
    <span className="flex items-center gap-1.5">
      <StatusMark status={ratio === 1 ? "encrypted" : "plaintext"} />
      {ratio === 1 ? "every connection, by mutual TLS" : `${formatQuantity(percentQuantity(ratio))} of connections`}
    </span>
  );
}

export function Identities({ keys }: { keys: readonly string[] }) {
  if (keys.length === 0) return <span className="text-ink-3">–</span>;
  return (
    <span className="flex flex-col">
      {keys.map((key) => (
        <code key={key} className="font-mono text-xs leading-5">
          {key}
        </code>
      ))}
    </span>
  );
}
