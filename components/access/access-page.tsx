"use client";
import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { ProblemList } from "@/components/changes/problem-list";
import { useAccess } from "@/components/data/use-access";
import { useSmiList } from "@/components/data/use-smi";
import { useReportPageData } from "@/components/shell/page-data";
import { PageHeader } from "@/components/shell/page-header";
import { PageStates } from "@/components/shell/page-states";
import { useInstant, useWindow } from "@/components/shell/scope";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { TableSkeleton } from "@/components/ui/skeleton";
import type { Access } from "@/lib/contract/access";
import type { KubeObject } from "@/lib/kube/objects";
import { narrowed } from "@/lib/mesh/narrowing";
import { cellKey, parseCellKey } from "./matrix";
import { MatrixSection } from "./matrix-section";
import { newRouteGroup, newTarget } from "./new-policy";
import { PolicyList, policyKey } from "./policy-list";
import { RoutesUnread } from "./routes-unread";
import { usePolicyChoices } from "./use-policy-choices";
import { useSelection } from "./use-selection";
import { type DraftRequest, WhyPanel } from "./why-panel";

const loadEditor = () => import("./policy-editor").then((module) => module.PolicyEditor);
// Forms, YAML and the diff: they come once the matrix is there.
const PolicyEditor = dynamic(loadEditor, { ssr: false });

/** Who may call whom, who does, and the policies that say so. `?cell=` and `?policy=` are deep links; `?narrow=` drafts a change of the policy. */
export function AccessPage() {
  const result = useAccess(useWindow(), useInstant());
  useReportPageData(result.data?.at ?? null, null);
  return (
    <PageStates
      title="Access"
      unreadable="Access could not be read"
      result={result}
      skeleton={<TableSkeleton label="Loading who may call whom" rows={10} />}
    >
      {(access) => (
        <>
          <PageHeader
            title="Access"
            note={`${access.policies.length} ${access.policies.length === 1 ? "TrafficTarget" : "TrafficTargets"}`}
          />
          {access.policyMode === "permissive" && (
            <Banner status="degraded">
              The mesh is permissive: every meshed workload may call every other, whatever the policies below say.
            </Banner>
          )}
          <AccessContent access={access} />
        </>
      )}
    </PageStates>
  );
}

function AccessContent({ access }: { access: Access }) {
  const choices = usePolicyChoices();
  useEffect(() => {
    void loadEditor();
  }, []);
  const groups = useSmiList("httproutegroups");
  const tcp = useSmiList("tcproutes");
  const selection = useSelection();
  const [draft, setDraft] = useState<DraftRequest | null>(null);
  const routes = [...(groups.data?.items ?? []), ...(tcp.data?.items ?? [])];
  const pair = parseCellKey(selection.cell);
  const destination = access.destinations.find((one) => one.key === pair?.destination);
  const objects = [...access.policies.map((policy) => policy.object), ...routes.map((route) => route.object)];
  const linked = objects.find((object) => policyKey(object) === selection.policy);
  const cell = access.cells.find((one) => one.source === pair?.source && one.destination === pair?.destination);
  const namespace = access.destinations[0]?.namespace ?? "default";

  function close(): void {
    setDraft(null);
    selection.clear();
  }
  const edit = (object: KubeObject): DraftRequest => ({
    title: `${object.kind} ${object.metadata.namespace}/${object.metadata.name}`,
    changes: [{ base: object, put: selection.narrowing ? narrowed(object, selection.narrowing) : object }],
  });
  const create = (object: KubeObject) =>
    setDraft({ title: `New ${object.kind}`, changes: [{ base: null, put: object }] });
  const editing = draft ?? (linked ? edit(linked) : null);

  return (
    <div className="flex min-h-0 flex-1">
      <div className="scroll-thin flex min-w-0 flex-1 flex-col gap-4 overflow-auto p-4 max-sm:p-2">
        <ProblemList problems={access.problems} showObject />
        {access.identities.length === 0 ? (
          <EmptyState
            title="Nobody is in the mesh yet"
            command="kubectl label namespace NAME openservicemesh.io/monitored-by=osm"
          >
            Each ServiceAccount of a meshed namespace is a row here, each Service a column.
          </EmptyState>
        ) : (
          <MatrixSection
            access={access}
            selected={selection.cell}
            onOpen={(a, b) => selection.openCell(cellKey(a, b))}
          />
        )}
        <section aria-label="Policies" className="flex flex-col gap-2">
          <div className="flex flex-wrap items-center gap-2">
            <h2 className="flex-1 font-medium text-base">Policies</h2>
            <Button size="sm" icon={<Plus size={14} aria-hidden="true" />} onClick={() => create(newTarget(namespace))}>
              New TrafficTarget
            </Button>
            <Button
              size="sm"
              icon={<Plus size={14} aria-hidden="true" />}
              onClick={() => create(newRouteGroup(namespace))}
            >
              New HTTPRouteGroup
            </Button>
          </div>
          <RoutesUnread kinds={{ HTTPRouteGroups: groups, TCPRoutes: tcp }} />
          <div className="overflow-hidden rounded-lg border border-line">
            {groups.isPending || tcp.isPending ? (
              // All kinds at once: rows that come later would push about what is being read.
              <TableSkeleton label="Loading the policies" rows={Math.max(4, access.policies.length)} />
            ) : (
              <PolicyList
                policies={access.policies}
                routes={routes}
                selected={selection.policy}
                onOpen={(object) => selection.openPolicy(policyKey(object))}
              />
            )}
          </div>
        </section>
      </div>
      {editing ? (
        <PolicyEditor
          key={editing.title}
          title={editing.title}
          changes={editing.changes}
          choices={choices}
          onClose={close}
        />
      ) : (
        pair &&
        destination && (
          <WhyPanel
            source={pair.source}
            destination={destination}
            cell={cell ?? null}
            objects={choices.objects}
            onDraft={setDraft}
            onOpenPolicy={(policy) => selection.openPolicy(`TrafficTarget/${policy}`)}
            onClose={close}
          />
        )
      )}
    </div>
  );
}
