"use client";
import { Maximize2 } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { counted } from "@/lib/format/counted";
import type { Places } from "@/lib/picture/layout/flow";
import { offerAt } from "./offer";
import type { Picture } from "./picture";
import { indexOf } from "./picture-index";
import type { GraphView } from "./view/graph-view";

interface ZoomOfferProps {
  view: GraphView;
  picture: Picture;
  places: Places;
  onExpand: (id: string) => void;
}

/** One has come so near to a folded group that its inside is likely what is wanted: a button that opens it. Nothing opens by itself. */
export function ZoomOffer({ view, picture, places, onExpand }: ZoomOfferProps) {
  const [offered, setOffered] = useState<string | null>(null);
  useEffect(() => {
    const look = () => {
      const overview = view.overview();
      setOffered((last) => (overview === null ? null : offerAt({ picture, places, ...overview, last })));
    };
    look();
    return view.onViewport(look);
  }, [view, picture, places]);
  const node = offered === null ? undefined : indexOf(picture).nodes.get(offered);
  if (!node?.folded) return null;
  const { services, workloads } = node.folded;
  return (
    <div className="-translate-x-1/2 absolute bottom-3 left-1/2 rounded-md bg-surface shadow-float">
      <Button size="sm" icon={<Maximize2 size={14} aria-hidden="true" />} onClick={() => onExpand(node.id)}>
        Open {node.name}: {services > 0 ? counted(services, "service") : counted(workloads, "workload")}
      </Button>
    </div>
  );
}
