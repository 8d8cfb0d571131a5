"use client";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useServiceDetail } from "@/components/data/use-service";
import { useReportPageData } from "@/components/shell/page-data";
import { PageHeader } from "@/components/shell/page-header";
import { PageStates } from "@/components/shell/page-states";
import { useInstant, useSharedQuery, useWindow } from "@/components/shell/scope";
import { useUrlState } from "@/components/shell/url-state";
import { EmptyState } from "@/components/ui/empty-state";
import { TableSkeleton } from "@/components/ui/skeleton";
import { StatusMark } from "@/components/ui/status-mark";
import { STATUS_WORD } from "@/components/ui/status-word";
import { Tabs } from "@/components/ui/tabs";
import type { ServiceDetail } from "@/lib/contract/services";
import { serviceStatus } from "@/lib/topology/callers";
import { shortName, withParameters } from "./subject-path";
import { EventsTab } from "./tabs/events-tab";
import { IdentitiesTab } from "./tabs/identities-tab";
import { LogsTab } from "./tabs/logs-tab";
import { PodsTab } from "./tabs/pods-tab";
import { PolicyTab } from "./tabs/policy-tab";
import { RoutesTab } from "./tabs/routes-tab";
import { SignalsTab } from "./tabs/signals-tab";
import { TrafficTab } from "./tabs/traffic-tab";

const LiveCalls = dynamic(() => import("@/components/calls/live-calls").then((module) => module.LiveCalls), {
  ssr: false,
  loading: () => <TableSkeleton label="Calls are loading" rows={12} />,
});

/** One service or workload (node id): its signals, who calls whom by which policy, its pods, events, logs and calls. */
export function ServicePage({ id }: { id: string }) {
  const result = useServiceDetail(id, useWindow(), useInstant());
  const query = useSharedQuery();
  useReportPageData(result.data?.at ?? null, result.data?.queries ?? null);
  const name = shortName(id);
  if (result.error?.code === "not_found") {
    return (
      <>
        <PageHeader title={name} note="not found" />
        <EmptyState
          title={`There is no ${name}`}
          action={
            <Link href={`/services${query}`} className="text-accent text-sm underline underline-offset-2">
              Back to the services
            </Link>
          }
        >
          {result.error.message} {result.error.hint}
        </EmptyState>
      </>
    );
  }
  return (
    <PageStates
      title={name}
      unreadable={`${name} could not be read`}
      result={result}
      skeleton={<TableSkeleton label={`Loading ${name}`} rows={12} />}
    >
      {(detail) => <ServiceContent detail={detail} />}
    </PageStates>
  );
}

const TAB_NAMES = {
  signals: "Signals",
  traffic: "Traffic",
  routes: "Routes",
  policy: "Policy",
  identities: "Identities",
  pods: "Pods",
  events: "Events",
  logs: "Logs",
  calls: "Live calls",
} as const;
type Tab = keyof typeof TAB_NAMES;

function ServiceContent({ detail }: { detail: ServiceDetail }) {
  const { get, setUrl } = useUrlState();
  const query = useSharedQuery();
  const asked = get("tab") ?? "";
  const tab: Tab = Object.hasOwn(TAB_NAMES, asked) ? (asked as Tab) : "signals";
  const { node } = detail;
  const outPerSecond = detail.callees.reduce((sum, edge) => sum + edge.requestsPerSecond, 0);
  const status = serviceStatus({ ...detail, outPerSecond });
  const ready = detail.pods.filter((pod) => pod.ready).length;
  const notes: Partial<Record<Tab, string>> = {
    traffic: String(detail.callers.length + detail.callees.length),
    pods: `${ready}/${detail.pods.length}`,
  };
  return (
    <>
      <PageHeader title={`${node.namespace}/${node.name}`} note={noteOf(detail)}>
        <StatusMark status={status} label={STATUS_WORD[status]} />
        <Link href={`/services${query}`} className="text-accent text-sm hover:underline">
          All services
        </Link>
        <Link
          href={`/graph${withParameters(query, { node: node.id })}`}
          className="text-accent text-sm hover:underline"
        >
          In the graph
        </Link>
      </PageHeader>
      <Tabs
        label={`About ${node.name}`}
        tabs={(Object.keys(TAB_NAMES) as Tab[]).map((value) => {
          const note = notes[value];
          return { value, label: TAB_NAMES[value], ...(note === undefined ? {} : { note }) };
        })}
        value={tab}
        onChange={(next) => setUrl({ tab: next === "signals" ? null : next, call: null }, "push")}
      >
        {tab === "calls" ? (
          <LiveCalls about={node.id} />
        ) : tab === "logs" ? (
          <LogsTab detail={detail} />
        ) : (
          <div className="scroll-thin flex min-h-0 flex-1 flex-col gap-5 overflow-auto p-4 max-sm:p-2">
            <TabContent tab={tab} detail={detail} />
          </div>
        )}
      </Tabs>
    </>
  );
}

function TabContent({ tab, detail }: { tab: Exclude<Tab, "calls" | "logs">; detail: ServiceDetail }) {
  switch (tab) {
    case "signals":
      return <SignalsTab detail={detail} />;
    case "traffic":
      return <TrafficTab detail={detail} />;
    case "routes":
      return <RoutesTab detail={detail} />;
    case "policy":
      return <PolicyTab detail={detail} />;
    case "identities":
      return <IdentitiesTab detail={detail} />;
    case "pods":
      return <PodsTab detail={detail} />;
    case "events":
      return <EventsTab id={detail.node.id} />;
  }
}

function noteOf({ node, service }: ServiceDetail): string {
  const parts = [node.kind, ...(service?.ports.map(({ port, protocol }) => `${port} ${protocol}`) ?? [])];
  if (node.version !== null) parts.push(node.version);
  if (!node.meshed) parts.push("outside the mesh");
  return parts.join(", ");
}
