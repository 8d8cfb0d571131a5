"use client";
import Link from "next/link";
import { useCallAggregates } from "@/components/data/use-calls";
import { useSharedQuery } from "@/components/shell/scope";
import { Figure } from "@/components/ui/figure";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusMark } from "@/components/ui/status-mark";
import { type Column, Table } from "@/components/ui/table";
import type { CallAggregate, CallsSummary } from "@/lib/contract/calls";
import type { ServiceDetail, ServiceRoute } from "@/lib/contract/services";
import { millisecondsQuantity, percentQuantity, rateQuantity } from "@/lib/format/number";
import { pagePath, serviceId, shortName, withParameters } from "../subject-path";
import { Framed, Nothing, Section } from "./section";

/** What may be called, what was called, and where calls are sent. */
export function RoutesTab({ detail }: { detail: ServiceDetail }) {
  return (
    <>
      <Backends detail={detail} />
      <Section title="Routes" note="what policy lets callers ask for">
        {detail.policyMode === "permissive" ? (
          <Nothing>The mesh is permissive: every path and method may be called.</Nothing>
        ) : detail.routes.length === 0 ? (
          <Nothing>No TrafficTarget names a route of an HTTPRouteGroup for it.</Nothing>
        ) : (
          <RouteRows routes={detail.routes} />
        )}
      </Section>
      <Section title="Calls seen" note="by shape of the path">
        <Seen about={detail.node.id} />
      </Section>
    </>
  );
}

function RouteRows({ routes }: { routes: readonly ServiceRoute[] }) {
  const query = useSharedQuery();
  const mono = (text: string) => <code className="font-mono text-xs">{text}</code>;
  const columns: readonly Column<ServiceRoute>[] = [
    { id: "match", header: "Match", cell: ({ match }) => match, sortBy: ({ match }) => match },
    { id: "methods", header: "Methods", cell: ({ methods }) => mono(methods.join(" ") || "any") },
    { id: "path", header: "Path", cell: ({ pathRegex }) => mono(pathRegex) },
    {
      id: "headers",
      header: "Headers",
      cell: ({ headers }) =>
        mono(
          Object.entries(headers)
            .map(([name, value]) => `${name}: ${value}`)
            .join(", ") || "any",
        ),
    },
    { id: "group", header: "HTTPRouteGroup", cell: ({ group }) => group, sortBy: ({ group }) => group },
    {
      id: "policies",
      header: "Granted by",
      cell: ({ policies }) => (
        <span className="inline-flex gap-3">
          {policies.map((policy) => (
            <Link
              key={policy}
              href={`/access${withParameters(query, { policy: `TrafficTarget/${policy}` })}`}
              className="text-accent hover:underline"
            >
              {policy}
            </Link>
          ))}
        </span>
      ),
    },
  ];
  return (
    <Framed>
      <Table label="Routes" columns={columns} rows={routes} rowKey={({ group, match }) => `${group}/${match}`} />
    </Framed>
  );
}

const rate = (row: CallAggregate, summary: CallsSummary) => row.estimated / summary.windowSeconds;

function Seen({ about }: { about: string }) {
  const { data, error } = useCallAggregates(about);
  if (error && !data) return <Nothing>{`${error.message} ${error.hint}`}</Nothing>;
  if (!data) return <Nothing>Loading</Nothing>;
  const [away] = data.partial;
  if (away) return <Nothing>{`${away.message} ${away.hint}`}</Nothing>;
  if (data.items.length === 0) {
    return <Nothing>No call was told in the last minutes. Of calls that pass only 1 in {data.sampleOneIn} is.</Nothing>;
  }
  const columns: readonly Column<CallAggregate>[] = [
    {
      id: "call",
      header: "Call",
      cell: ({ protocol, method, template }) => (
        <code className="font-mono text-xs">
          {protocol === "tcp" ? "TCP connection" : `${method ?? "any"} ${template ?? ""}`}
        </code>
      ),
      sortBy: ({ template }) => template,
    },
    {
      id: "from",
      header: "From",
      cell: ({ source }) =>
        source === null ? "no certificate" : source.split("/").length > 2 ? shortName(source) : source,
      sortBy: ({ source }) => source,
    },
    { id: "to", header: "To", cell: ({ destination }) => destination ?? "–", sortBy: ({ destination }) => destination },
    {
      id: "status",
      header: "Answer",
      cell: ({ denied, status }) => (
        <span className="inline-flex items-center gap-1.5">
          <StatusMark status={denied ? "denied" : (status ?? 0) >= 500 ? "failing" : "healthy"} />
          {denied ? `refused ${status ?? ""}` : (status ?? "–")}
        </span>
      ),
      sortBy: ({ status }) => status,
    },
    {
      id: "rate",
      header: "Rate",
      align: "right",
      cell: (row) => <Figure quantity={rateQuantity(rate(row, data))} />,
      sortBy: (row) => rate(row, data),
    },
    { id: "told", header: "Told", align: "right", cell: ({ told }) => told, sortBy: ({ told }) => told },
    {
      id: "mean",
      header: "Mean",
      align: "right",
      cell: ({ meanMs }) => <Figure quantity={millisecondsQuantity(meanMs)} />,
      sortBy: ({ meanMs }) => meanMs,
    },
    {
      id: "max",
      header: "Slowest",
      align: "right",
      cell: ({ maxMs }) => <Figure quantity={millisecondsQuantity(maxMs)} />,
      sortBy: ({ maxMs }) => maxMs,
    },
    { id: "policy", header: "Let in by", cell: ({ policy }) => policy?.split("/").slice(0, 2).join("/") ?? "–" },
    { id: "last", header: "Last", cell: ({ lastAt }) => <RelativeTime at={lastAt} />, sortBy: ({ lastAt }) => lastAt },
  ];
  return (
    <>
      <Framed>
        <Table
          label="Calls seen"
          columns={columns}
          rows={data.items}
          rowKey={(row) =>
            JSON.stringify([row.source, row.destination, row.method, row.template, row.status, row.policy, row.denied])
          }
          initialSort={{ column: "rate", descending: true }}
        />
      </Framed>
      <Nothing>
        Of the last {Math.round(data.windowSeconds)} s. Refused and failed calls are counted; rates of the others are
        estimated from 1 in {data.sampleOneIn}.
      </Nothing>
    </>
  );
}

function Backends({ detail }: { detail: ServiceDetail }) {
  const query = useSharedQuery();
  const { node, splits, service } = detail;
  return (
    <Section title="Backends" note={service === null ? undefined : "where calls are sent"}>
      {service !== null && (
        <p className="text-sm">
          {service.ports.map(({ port, protocol, endpointsReady }) => (
            <span key={port} className="mr-4 inline-flex items-center gap-1.5">
              {endpointsReady === 0 && splits.length === 0 && <StatusMark status="failing" />}
              Port {port} ({protocol}): {endpointsReady} {endpointsReady === 1 ? "endpoint" : "endpoints"} ready
            </span>
          ))}
        </p>
      )}
      {splits.length === 0 && <Nothing>No TrafficSplit sends calls for it elsewhere.</Nothing>}
      {splits.map((split) => (
        <div key={`${split.namespace}/${split.name}`} className="flex flex-col gap-1">
          <p className="text-sm">
            <Link href={`/splits${query}`} className="text-accent hover:underline">
              TrafficSplit {split.namespace}/{split.name}
            </Link>{" "}
            {split.root === `${node.namespace}/${node.name}` ? "splits its calls" : `of ${split.root} sends calls here`}
            {!split.inForce && ", but is not in force"}
          </p>
          <Framed>
            <Table
              label={`Backends of ${split.name}`}
              columns={[
                {
                  id: "service",
                  header: "Backend",
                  cell: (backend) => (
                    <Link
                      href={pagePath(serviceId(`${split.namespace}/${backend.service}`), query)}
                      className="hover:underline"
                    >
                      {backend.service}
                    </Link>
                  ),
                },
                {
                  id: "state",
                  header: "State",
                  cell: ({ state }) => (state === "ok" ? "ok" : state.replace("-", " ")),
                },
                {
                  id: "asked",
                  header: "Asked",
                  align: "right",
                  cell: ({ desiredShare }) => <Figure quantity={percentQuantity(desiredShare)} />,
                },
                {
                  id: "seen",
                  header: "Seen",
                  align: "right",
                  cell: ({ observed }) => <Figure quantity={percentQuantity(observed?.share ?? null)} />,
                },
                {
                  id: "rate",
                  header: "Rate",
                  align: "right",
                  cell: ({ requestsPerSecond }) => <Figure quantity={rateQuantity(requestsPerSecond)} />,
                },
                {
                  id: "p99",
                  header: "p99",
                  align: "right",
                  cell: ({ latencyMs }) => <Figure quantity={millisecondsQuantity(latencyMs?.p99 ?? null)} />,
                },
              ]}
              rows={split.backends}
              rowKey={({ service: name }) => name}
            />
          </Framed>
        </div>
      ))}
    </Section>
  );
}
