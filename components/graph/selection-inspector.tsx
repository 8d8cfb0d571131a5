"use client";
import { Crosshair, Maximize2 } from "lucide-react";
import { useEffect } from "react";
import { EmbedButton } from "@/components/embeds/embed-button";
import { IconButton } from "@/components/ui/icon-button";
import { Inspector } from "@/components/ui/inspector";
import type { Topology } from "@/lib/contract/topology";
import { EdgeDetails } from "./details/edge-details";
import { FoldedEdgeDetails } from "./details/folded-edge-details";
import { GroupDetails } from "./details/group-details";
import { NodeDetails } from "./details/node-details";
import type { Picture, PictureNode } from "./picture";
import { indexOf } from "./picture-index";

interface SelectionInspectorProps {
  id: string;
  picture: Picture;
  topology: Topology;
  onSelect: (id: string) => void;
  onExpand: (id: string) => void;
  onFocusNode: (id: string) => void;
  onClose: () => void;
  /** It is there, with the details of `id`: it comes late the first time. */
  onShown: (id: string) => void;
}

/** The chosen node or edge in detail; says so when it is no longer there. A call inside something folded is shown as well. */
export function SelectionInspector(props: SelectionInspectorProps) {
  const { id, picture, topology, onClose, onShown } = props;
  useEffect(() => onShown(id), [id, onShown]);
  const { nodes, edges } = indexOf(picture);
  const node = nodes.get(id);
  if (node) return <NodeInspector {...props} node={node} />;
  const line = edges.get(id);
  const named = (each: string) => nodes.get(each)?.name ?? each.split("/").slice(2).join("/");
  if (line?.edge?.parts) {
    const title = `${named(line.from)} → ${named(line.to)}`;
    return (
      <Inspector title={title} label={`Details of ${title}`} onClose={onClose}>
        <FoldedEdgeDetails item={line} edge={line.edge} topology={topology} named={named} onSelect={props.onSelect} />
      </Inspector>
    );
  }
  const edge = line?.edge ?? topology.edges.find((each) => each.id === id);
  if (edge) {
    const ends = line ?? { from: edge.source, to: edge.target };
    const title = `${named(ends.from)} → ${named(ends.to)}`;
    return (
      <Inspector title={title} label={`Details of ${title}`} onClose={onClose}>
        <EdgeDetails
          edge={edge}
          from={named(ends.from)}
          to={named(ends.to)}
          identities={{ source: identitiesOf(topology, edge.source), target: identitiesOf(topology, edge.target) }}
        />
      </Inspector>
    );
  }
  return (
    <Inspector title="Not here" label="Details" onClose={onClose}>
      <p className="p-4 text-ink-2 text-sm">
        <code className="wrap-anywhere font-mono text-xs">{id}</code> is not in the graph now: nothing called it in this
        window, it was deleted, or filters or the chosen namespaces leave it out.
      </p>
    </Inspector>
  );
}

function identitiesOf({ nodes }: Topology, id: string): readonly string[] {
  return nodes.find((node) => node.id === id)?.identities ?? [];
}

function NodeInspector({ node, ...props }: SelectionInspectorProps & { node: PictureNode }) {
  const { picture, topology, onSelect, onExpand, onFocusNode, onClose } = props;
  const isFolded = node.folded !== null;
  return (
    <Inspector
      title={node.name}
      label={`Details of ${node.name}`}
      onClose={onClose}
      actions={
        <>
          {(isFolded || node.workload !== null) && (
            <IconButton label={`Open ${node.name}`} keys="+" size="sm" onClick={() => onExpand(node.id)}>
              <Maximize2 size={16} aria-hidden="true" />
            </IconButton>
          )}
          <IconButton label={`Focus on ${node.name}`} keys="Shift-Enter" size="sm" onClick={() => onFocusNode(node.id)}>
            <Crosshair size={16} aria-hidden="true" />
          </IconButton>
          {(node.shape === "service" || node.shape === "tcp") && !isFolded && (
            <EmbedButton
              label={`Embed a card of ${node.name}`}
              view={{ kind: "service", service: `${node.namespace}/${node.name}` }}
            />
          )}
        </>
      }
    >
      {node.folded === null ? (
        <NodeDetails item={node} picture={picture} problems={topology.problems} onSelect={onSelect} />
      ) : (
        <GroupDetails item={node} folded={node.folded} picture={picture} topology={topology} onSelect={onSelect} />
      )}
    </Inspector>
  );
}
