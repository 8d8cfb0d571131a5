"use client";
import { Inspector } from "@/components/ui/inspector";
import type { Topology } from "@/lib/contract/topology";
import { EdgeDetails } from "./details/edge-details";
import { NodeDetails } from "./details/node-details";
import type { Picture } from "./picture";

interface SelectionInspectorProps {
  /** A node's or an edge's id. */
  id: string;
  picture: Picture;
  problems: Topology["problems"];
  onSelect: (id: string) => void;
  onClose: () => void;
}

/** What is selected, or that it is gone: a link may be older than the mesh. */
export function SelectionInspector({ id, picture, problems, onSelect, onClose }: SelectionInspectorProps) {
  const node = picture.nodes.find((each) => each.id === id);
  if (node) {
    return (
      <Inspector title={node.name} label={`Details of ${node.name}`} onClose={onClose}>
        <NodeDetails item={node} picture={picture} problems={problems} onSelect={onSelect} />
      </Inspector>
    );
  }
  const item = picture.edges.find((each) => each.id === id);
  if (item?.edge) {
    const named = (each: string) => picture.nodes.find((other) => other.id === each)?.name ?? each;
    const title = `${named(item.from)} → ${named(item.to)}`;
    return (
      <Inspector title={title} label={`Details of ${title}`} onClose={onClose}>
        <EdgeDetails edge={item.edge} from={named(item.from)} to={named(item.to)} />
      </Inspector>
    );
  }
  return (
    <Inspector title="Not here" label="Details" onClose={onClose}>
      <p className="p-4 text-ink-2 text-sm">
        <code className="wrap-anywhere font-mono text-xs">{id}</code> is not in the graph now: nothing called it in this
        window, it was deleted, or the chosen namespaces leave it out.
      </p>
    </Inspector>
  );
}
