"use client";
import Link from "next/link";
import { SubjectCharts } from "@/components/charts/subject-charts";
import { useSharedQuery } from "@/components/shell/scope";
import { Figure } from "@/components/ui/figure";
import { InspectorSection } from "@/components/ui/inspector";
import { StatusMark } from "@/components/ui/status-mark";
import { STATUS_WORD } from "@/components/ui/status-word";
import { Tag } from "@/components/ui/tag";
import type { TopologyEdge } from "@/lib/contract/topology";
import {
  bytesQuantity,
  formatQuantity,
  millisecondsQuantity,
  percentQuantity,
  rateQuantity,
} from "@/lib/format/number";
import { edgeStatus } from "@/lib/picture/status";
import { speakEdge } from "../speak";
import { type Fact, Facts, Headline } from "./facts";

interface EdgeDetailsProps {
  edge: TopologyEdge;
  /** Names to read, as drawn. */
  from: string;
  to: string;
  /** ServiceAccounts (`namespace/name`) at both ends. */
  identities: { readonly source: readonly string[]; readonly target: readonly string[] };
}

/** One edge: what flows, how well, how safely, and by which policy. */
export function EdgeDetails({ edge, from, to, identities }: EdgeDetailsProps) {
  const query = useSharedQuery();
  const status = edgeStatus(edge);
  return (
    <>
      <p className="flex items-start gap-2 border-line border-b px-4 py-2.5 text-sm">
        <span className="mt-0.75">
          <StatusMark status={status} label={STATUS_WORD[status]} />
        </span>
        {speakEdge(from, to, { kind: "call", edge })}.
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
      <EdgePolicy edge={edge} callers={identities.source} />
      {edge.splitRoot !== null && (
        <InspectorSection title="Split">
          <Facts
            facts={[
              { name: "Asked", value: <Figure quantity={percentQuantity(edge.desiredShare)} /> },
              { name: "Seen", value: <Figure quantity={percentQuantity(edge.splitShare)} /> },
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

/** What lets the calls through, and the way to the page that allows, denies and explains them. */
function EdgePolicy({ edge, callers }: { edge: TopologyEdge; callers: readonly string[] }) {
  const query = useSharedQuery();
  const access = `/access${query === "" ? "?" : `${query}&`}`;
  const service = serviceOf(edge.target);
  return (
    <InspectorSection title="Policy">
      {edge.policies.length > 0 ? (
        <ul className="flex flex-wrap gap-1.5">
          {edge.policies.map((policy) => (
            <li key={policy}>
              <Link href={`${access}policy=TrafficTarget/${policy}`} className="hover:underline">
                <Tag>{policy}</Tag>
              </Link>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-sm">
          {edge.allowed
            ? "Allowed without a TrafficTarget: the mesh is permissive."
            : "No TrafficTarget lets the caller reach it."}
        </p>
      )}
      {service !== null &&
        callers.map((caller) => (
          <p key={caller} className="mt-2 text-sm">
            <Link
              href={`${access}cell=${encodeURIComponent(`${caller}>${service}`)}`}
              className="text-accent underline underline-offset-2"
            >
              {edge.allowed ? "Why it is allowed, and how to deny it" : "Why it is denied, and how to allow it"}
            </Link>
            {callers.length > 1 && <span className="text-ink-3"> for {caller}</span>}
          </p>
        ))}
    </InspectorSection>
  );
}

/** `namespace/name` of a service's node id; null when it is a workload's. */
function serviceOf(id: string): string | null {
  const [namespace, kind, ...name] = id.split("/");
  return kind === "service" ? `${namespace}/${name.join("/")}` : null;
}

function headline(edge: TopologyEdge): readonly Fact[] {
  if (edge.denied) return [{ name: "Denied", value: <Figure quantity={rateQuantity(edge.deniedPerSecond)} /> }];
  if (edge.protocol === "tcp") {
    const bytes = bytesQuantity(edge.bytesPerSecond);
    return [
      { name: "Connections", value: <Figure quantity={rateQuantity(edge.requestsPerSecond)} /> },
      {
        name: "Bytes",
        value: <Figure quantity={bytes.unit === "" ? bytes : { ...bytes, unit: `${bytes.unit}/s` }} />,
      },
    ];
  }
  return [
    { name: "Rate", value: <Figure quantity={rateQuantity(edge.requestsPerSecond)} /> },
    { name: "Errors", value: <Figure quantity={percentQuantity(edge.errorRatio)} /> },
    { name: "p50", value: <Figure quantity={millisecondsQuantity(edge.latencyMs?.p50 ?? null)} /> },
    { name: "p99", value: <Figure quantity={millisecondsQuantity(edge.latencyMs?.p99 ?? null)} /> },
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
