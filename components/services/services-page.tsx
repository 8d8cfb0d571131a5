"use client";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { useServiceTrends } from "@/components/data/use-service";
import { useReportPageData } from "@/components/shell/page-data";
import { PageHeader } from "@/components/shell/page-header";
import { PageStates } from "@/components/shell/page-states";
import { useScope, useSharedQuery } from "@/components/shell/scope";
import { useUrlState } from "@/components/shell/url-state";
import { useTopologyInTime } from "@/components/time/topology-in-time";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Segmented } from "@/components/ui/segmented";
import { TableSkeleton } from "@/components/ui/skeleton";
import { sortRows } from "@/components/ui/table";
import { TextInput } from "@/components/ui/text-input";
import type { Topology } from "@/lib/contract/topology";
import { readPage, readSort, sortText } from "./service-order";
import { serviceRows } from "./service-rows";
import { SERVICE_COLUMNS, ServiceTable } from "./service-table";
import { pagePath } from "./subject-path";

const LiveCalls = dynamic(() => import("@/components/calls/live-calls").then((module) => module.LiveCalls), {
  ssr: false,
  loading: () => <TableSkeleton label="Calls are loading" rows={12} />,
});

/** As many rows as are drawn at once: figures that change every two seconds must not hold up the page. */
const PAGE_ROWS = 100;

const VIEWS = [
  { value: "list", label: "List" },
  { value: "calls", label: "Live calls" },
] as const;

/** Every service, or every call between them. */
export function ServicesPage() {
  const { get } = useUrlState();
  return get("view") === "calls" ? <CallsOfMesh /> : <ServiceList />;
}

function ViewSwitch() {
  const { get, setUrl } = useUrlState();
  return (
    <Segmented
      label="View"
      options={VIEWS}
      value={get("view") === "calls" ? "calls" : "list"}
      onChange={(view) => setUrl({ view: view === "list" ? null : view, call: null }, "push")}
    />
  );
}

function CallsOfMesh() {
  return (
    <>
      <PageHeader title="Services" note="calls between all of them">
        <ViewSwitch />
      </PageHeader>
      <LiveCalls about={null} />
    </>
  );
}

/** Every service: what its callers see, and what is wrong with it. */
function ServiceList() {
  const result = useTopologyInTime();
  useReportPageData(result.data?.at ?? null, result.data?.queries ?? null);
  return (
    <PageStates
      title="Services"
      unreadable="The services could not be read"
      result={result}
      skeleton={<TableSkeleton label="Loading the services" rows={12} />}
    >
      {(topology) => <ServicesContent topology={topology} />}
    </PageStates>
  );
}

function ServicesContent({ topology }: { topology: Topology }) {
  const { get, setUrl } = useUrlState();
  const scope = useScope();
  const query = useSharedQuery();
  const router = useRouter();
  const { data: trends } = useServiceTrends();
  const find = get("find") ?? "";
  const sort = readSort(get("sort"), SERVICE_COLUMNS);
  const rows = useMemo(() => serviceRows(topology), [topology]);
  const found = rows.filter(
    (row) =>
      (scope === null || scope.has(row.namespace)) &&
      `${row.key} ${row.identities.join(" ")}`.toLowerCase().includes(find.trim().toLowerCase()),
  );
  const pages = Math.max(1, Math.ceil(found.length / PAGE_ROWS));
  const page = Math.min(readPage(get("page")), pages);
  const shown = sortRows(found, SERVICE_COLUMNS, sort).slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS);
  return (
    <>
      <PageHeader title="Services" note={`${found.length} services`}>
        <ViewSwitch />
        <TextInput
          aria-label="Filter by name"
          placeholder="Filter by name"
          className="w-44!"
          value={find}
          onChange={(text) => setUrl({ find: text === "" ? null : text, page: null })}
        />
      </PageHeader>
      <div className="scroll-thin flex min-h-0 flex-1 flex-col gap-3 overflow-auto p-4 max-sm:p-2">
        {rows.length === 0 && topology.partial.length === 0 ? (
          <EmptyState
            title="No service is in the mesh"
            command="kubectl label namespace NAME openservicemesh.io/monitored-by=osm"
          >
            Services of meshed namespaces are listed here, with what their callers see of them.
          </EmptyState>
        ) : (
          <div className="shrink-0 overflow-hidden rounded-lg border border-line">
            <ServiceTable
              rows={shown}
              sort={sort}
              onSort={(next) => setUrl({ sort: sortText(next), page: null })}
              trends={trends ?? null}
              onOpen={(row) => router.push(pagePath(row.id, query))}
            />
          </div>
        )}
        {pages > 1 && (
          <Pager page={page} pages={pages} onPage={(next) => setUrl({ page: next === 1 ? null : String(next) })} />
        )}
      </div>
    </>
  );
}

function Pager({ page, pages, onPage }: { page: number; pages: number; onPage: (page: number) => void }) {
  return (
    <nav aria-label="Pages of services" className="flex items-center gap-2 text-sm">
      <Button size="sm" disabled={page === 1} onClick={() => onPage(page - 1)}>
        Before
      </Button>
      Page {page} of {pages}
      <Button size="sm" disabled={page === pages} onClick={() => onPage(page + 1)}>
        Next
      </Button>
    </nav>
  );
}
