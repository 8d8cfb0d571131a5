"use client";
import Link from "next/link";
import { useSharedQuery } from "@/components/shell/scope";
import { Figure } from "@/components/ui/figure";
import { InspectorSection } from "@/components/ui/inspector";
import { StateWord } from "@/components/ui/state-word";
import { StatusMark } from "@/components/ui/status-mark";
import type { Topology } from "@/lib/contract/topology";
import { counted } from "@/lib/format/counted";
import { percentQuantity, rateQuantity } from "@/lib/format/number";
import { nodeStatus } from "@/lib/picture/status";
import type { FoldedNode, Picture, PictureNode } from "../picture";
import { edgesOf } from "../walk";
import { EdgeList } from "./edge-list";
import { Facts, Headline } from "./facts";
import { listedEdges } from "./listed-edges";
import { withNamespace } from "./with-namespace";

interface GroupDetailsProps {
  item: PictureNode;
  folded: FoldedNode;
  picture: Picture;
  topology: Topology;
  onSelect: (id: string) => void;
}

/** A folded group: its totals, what inside is not well, and which groups it calls. */
export function GroupDetails({ item, folded, picture, topology, onSelect }: GroupDetailsProps) {
  const shared = useSharedQuery();
  const { node } = item;
  const callers = edgesOf(picture, item.id, "left");
  const callees = edgesOf(picture, item.id, "right");
  const members = new Set(folded.members);
  const inside = topology.edges.filter((edge) => members.has(edge.source) && members.has(edge.target));
  const status = nodeStatus(item);
  return (
    <>
      <Headline
        facts={[
          { name: "Receives", value: <Figure quantity={rateQuantity(node.inPerSecond)} /> },
          { name: "Failing", value: <Figure quantity={percentQuantity(node.errorRatio)} /> },
          { name: "Sends", value: <Figure quantity={rateQuantity(node.outPerSecond)} /> },
        ]}
      />
      <InspectorSection title="Folded in it">
        <Facts
          facts={[
            {
              name: "State",
              value: (
                <span className="flex items-center gap-1.5">
                  <StatusMark status={status} />
                  <StateWord status={status} />
                </span>
              ),
            },
            { name: "Services", value: folded.services },
            { name: "Workloads", value: folded.workloads },
            { name: "Failing", value: folded.failing },
            { name: "Degraded", value: folded.degraded },
            { name: "Problems", value: node.problems },
            ...(item.pods === null ? [] : [{ name: "Pods", value: `${item.pods.ready} of ${item.pods.total} ready` }]),
            { name: "Encrypted", value: <Figure quantity={percentQuantity(folded.mtlsRatio)} /> },
            { name: "Calls inside", value: <Figure quantity={rateQuantity(folded.insidePerSecond)} /> },
            { name: "Denied inside", value: <Figure quantity={rateQuantity(folded.insideDeniedPerSecond)} /> },
          ]}
        />
        {item.namespace !== "" && (
          <p className="mt-3 flex gap-4 text-sm">
            <Link href={`/services${withNamespace(shared, item.namespace)}`} className="text-accent hover:underline">
              Its services
            </Link>
            <Link href={`/access${withNamespace(shared, item.namespace)}`} className="text-accent hover:underline">
              Its access
            </Link>
          </p>
        )}
      </InspectorSection>
      <EdgeList
        title={`Called by ${callers.length}`}
        edges={listedEdges(picture, callers, "from")}
        onSelect={onSelect}
      />
      <EdgeList title={`Calls ${callees.length}`} edges={listedEdges(picture, callees, "to")} onSelect={onSelect} />
      <EdgeList
        title={`${counted(inside.length, "edge")} inside`}
        edges={[...inside]
          .sort((a, b) => b.requestsPerSecond - a.requestsPerSecond)
          .map((edge) => ({ id: edge.id, edge, name: `${nameOf(edge.source)} → ${nameOf(edge.target)}`, note: "" }))}
        onSelect={onSelect}
      />
    </>
  );
}

function nameOf(id: string): string {
  return id.split("/").slice(2).join("/");
}
