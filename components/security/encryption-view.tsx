"use client";
import { useUrlState } from "@/components/shell/url-state";
import { Button } from "@/components/ui/button";
import type { Security } from "@/lib/contract/security";
import { parseNodeId } from "@/lib/kube/refs";
import { EdgeTable } from "./edge-table";
import { FlowMatrix } from "./flow-matrix";
import { inScope, type RowFilter } from "./in-scope";
import { PlaintextPlaces } from "./plaintext-places";

/** What is encrypted: by namespace, by edge, and every place where it is not. `?flow=from>to` narrows the edges. */
export function EncryptionView({ security, filter }: { security: Security; filter: RowFilter }) {
  const { get, setUrl } = useUrlState();
  const flow = get("flow");
  const flows = security.flows.filter(({ source, target }) => inScope({ ...filter, find: "" }, [source, target]));
  const edges = security.edges.filter(
    (edge) =>
      inScope(filter, [edge.source, edge.target]) &&
      (flow === null || `${parseNodeId(edge.source).namespace}>${parseNodeId(edge.target).namespace}` === flow),
  );
  const places = security.plaintext.filter(({ id, namespace }) => inScope(filter, [id, namespace]));
  return (
    <>
      <PlaintextPlaces places={places} />
      <section aria-labelledby="by-namespace" className="flex flex-col gap-2">
        <h2 id="by-namespace" className="font-medium text-base">
          By namespace
        </h2>
        <div className="w-fit max-w-full overflow-hidden rounded-lg border border-line bg-surface pr-1 pb-1">
          <FlowMatrix flows={flows} onOpen={({ source, target }) => setUrl({ flow: `${source}>${target}` })} />
        </div>
      </section>
      <section aria-labelledby="by-edge" className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center gap-2">
          <h2 id="by-edge" className="font-medium text-base">
            By edge{flow === null ? "" : `, ${flow.replace(">", " to ")}`}
          </h2>
          {flow !== null && (
            <Button size="sm" onClick={() => setUrl({ flow: null })}>
              Show every edge
            </Button>
          )}
        </div>
        <div className="overflow-hidden rounded-lg border border-line">
          <EdgeTable edges={edges} />
        </div>
      </section>
    </>
  );
}
