"use client";
import { useMemo } from "react";
import { LiveCalls } from "@/components/calls/live-calls";
import { useReportPageData } from "@/components/shell/page-data";
import { PageHeader } from "@/components/shell/page-header";
import { PageStates } from "@/components/shell/page-states";
import { useScope } from "@/components/shell/scope";
import { useUrlState } from "@/components/shell/url-state";
import { useTopologyInTime } from "@/components/time/topology-in-time";
import { Segmented } from "@/components/ui/segmented";
import { TableSkeleton } from "@/components/ui/skeleton";
import { TextInput } from "@/components/ui/text-input";
import type { Topology } from "@/lib/contract/topology";
import { serviceRows } from "./service-rows";
import { ServiceTable } from "./service-table";

/** More rows than anybody reads; the filter finds the others. */
const MAX_SHOWN = 1_000;

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
  const find = get("find") ?? "";
  const rows = useMemo(() => serviceRows(topology), [topology]);
  const found = rows.filter(
    (row) =>
      (scope === null || scope.has(row.namespace)) &&
      `${row.key} ${row.identities.join(" ")}`.toLowerCase().includes(find.trim().toLowerCase()),
  );
  const shown = found.slice(0, MAX_SHOWN);
  const note =
    shown.length < found.length ? `the first ${shown.length} of ${found.length}` : `${found.length} services`;
  return (
    <>
      <PageHeader title="Services" note={note}>
        <ViewSwitch />
        <TextInput
          aria-label="Filter by name"
          placeholder="Filter by name"
          className="w-44!"
          value={find}
          onChange={(text) => setUrl({ find: text === "" ? null : text })}
        />
      </PageHeader>
      <div className="scroll-thin flex min-h-0 flex-1 flex-col overflow-auto p-4 max-sm:p-2">
        <div className="overflow-hidden rounded-lg border border-line">
          <ServiceTable rows={shown} />
        </div>
      </div>
    </>
  );
}
