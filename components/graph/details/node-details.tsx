"use client";
import Link from "next/link";
import { SubjectCharts } from "@/components/charts/subject-charts";
import { useSharedQuery } from "@/components/shell/scope";
import { Figure } from "@/components/ui/figure";
import { InspectorSection } from "@/components/ui/inspector";
import { StateWord } from "@/components/ui/state-word";
import { StatusMark } from "@/components/ui/status-mark";
import type { ChartSubject } from "@/lib/contract/charts";
import type { Topology } from "@/lib/contract/topology";
import { percentQuantity, rateQuantity } from "@/lib/format/number";
import { nodeStatus } from "@/lib/picture/status";
import type { Picture, PictureNode } from "../picture";
import { edgesOf } from "../walk";
import { Identities } from "./edge-details";
import { EdgeList } from "./edge-list";
import { type Fact, Facts, Headline } from "./facts";
import { listedEdges } from "./listed-edges";
import { withNamespace } from "./with-namespace";

interface NodeDetailsProps {
  item: PictureNode;
  picture: Picture;
  problems: Topology["problems"];
  /** Opens an edge or another node. */
  onSelect: (id: string) => void;
}

/** One node: what it receives and sends, who calls it and whom it calls, its pods, identities and problems. */
export function NodeDetails({ item, picture, problems, onSelect }: NodeDetailsProps) {
  const { node, workload } = item;
  const status = nodeStatus(item);
  const callers = edgesOf(picture, item.id, "left").filter((each) => each.kind === "call");
  const callees = edgesOf(picture, item.id, "right").filter((each) => each.kind === "call");
  const own = problems.filter(
    ({ object }) =>
      object.namespace === item.namespace &&
      (object.name === node.name ||
        object.name === workload?.name ||
        `${object.namespace}/${object.name}` === node.split),
  );
  const shared = useSharedQuery();
  const service = node.kind === "service" ? `${node.namespace}/${node.name}` : null;
  const out = node.outPerSecond + (workload?.outPerSecond ?? 0);
  return (
    <>
      <Headline
        facts={[
          { name: "Receives", value: <Figure quantity={rateQuantity(node.inPerSecond)} /> },
          { name: "Failing", value: <Figure quantity={percentQuantity(node.errorRatio)} /> },
          { name: "Sends", value: <Figure quantity={rateQuantity(out)} /> },
        ]}
      />
      {own.length > 0 && (
        <InspectorSection title="Problems">
          <ul className="flex flex-col gap-2 text-sm">
            {own.map((problem) => (
              <li key={`${problem.code}${problem.field}${problem.message}`} className="flex gap-2">
                <span className="mt-0.75">
                  <StatusMark status={problem.severity === "error" ? "failing" : "degraded"} label={problem.severity} />
                </span>
                <span className="wrap-anywhere">{problem.message}</span>
              </li>
            ))}
          </ul>
        </InspectorSection>
      )}
      <InspectorSection title="About">
        <Facts facts={about(item, status)} />
        <p className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-sm">
          {service !== null && (
            <Link href={`/services/${service}${shared}`} className="text-accent hover:underline">
              Open the service
            </Link>
          )}
          <Link href={`/access${withNamespace(shared, item.namespace)}`} className="text-accent hover:underline">
            Who may call it
          </Link>
        </p>
      </InspectorSection>
      <EdgeList
        title={`Called by ${callers.length}`}
        edges={listedEdges(picture, callers, "from")}
        onSelect={onSelect}
      />
      <EdgeList title={`Calls ${callees.length}`} edges={listedEdges(picture, callees, "to")} onSelect={onSelect} />
      <InspectorSection title="Last 15 minutes">
        <SubjectCharts subject={subjectOf(item)} />
      </InspectorSection>
    </>
  );
}

function about(
  { node, workload, pods, namespace, version }: PictureNode,
  status: ReturnType<typeof nodeStatus>,
): readonly Fact[] {
  const facts: Fact[] = [
    {
      name: "State",
      value: (
        <span className="flex items-center gap-1.5">
          <StatusMark status={status} />
          <StateWord status={status} />
        </span>
      ),
    },
    { name: "Namespace", value: namespace },
    { name: "Kind", value: workload ? `service with ${workload.kind} ${workload.name}` : node.kind },
  ];
  if (version !== null) facts.push({ name: "Version", value: version });
  if (node.protocol !== null) facts.push({ name: "Protocol", value: node.protocol.toUpperCase() });
  if (pods !== null) facts.push({ name: "Pods", value: `${pods.ready} of ${pods.total} ready` });
  if (node.split !== null) facts.push({ name: "Split by", value: node.split });
  facts.push({ name: "Identities", value: <Identities keys={workload?.identities ?? node.identities} /> });
  if (!node.meshed) facts.push({ name: "Mesh", value: "not part of it" });
  return facts;
}

function subjectOf({ node }: PictureNode): ChartSubject {
  return node.kind === "service" || node.kind === "external"
    ? { kind: "service", service: `${node.namespace}/${node.name}` }
    : { kind: "workload", workload: node.id, direction: node.inPerSecond > 0 ? "in" : "out" };
}
