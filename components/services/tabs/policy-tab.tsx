"use client";
import Link from "next/link";
import { useSharedQuery } from "@/components/shell/scope";
import { Figure } from "@/components/ui/figure";
import { RelativeTime } from "@/components/ui/relative-time";
import { type Column, Table } from "@/components/ui/table";
import type { ServiceDetail, ServiceGrant } from "@/lib/contract/services";
import { rateQuantity } from "@/lib/format/number";
import { withParameters } from "../subject-path";
import { Framed, Nothing, Section } from "./section";

/** The TrafficTargets that let others call it and let it call others, and whether they are used. */
export function PolicyTab({ detail }: { detail: ServiceDetail }) {
  if (detail.policyMode === "permissive") {
    return (
      <Nothing>
        The mesh is permissive: no policy is asked. TrafficTargets have no effect until that is turned off.
      </Nothing>
    );
  }
  return (
    <>
      <Section title="Granted in" note="who may call it">
        <Grants
          label="Granted in"
          grants={detail.grantsIn}
          empty="No TrafficTarget lets anybody call it: calls are refused."
        />
      </Section>
      <Section title="Granted out" note="whom it may call">
        <Grants
          label="Granted out"
          grants={detail.grantsOut}
          empty="No TrafficTarget names it as a source: it may call nobody."
        />
      </Section>
    </>
  );
}

function Grants({ label, grants, empty }: { label: string; grants: readonly ServiceGrant[]; empty: string }) {
  const query = useSharedQuery();
  if (grants.length === 0) return <Nothing>{empty}</Nothing>;
  const mono = (text: string) => <code className="font-mono text-xs">{text}</code>;
  const columns: readonly Column<ServiceGrant>[] = [
    {
      id: "target",
      header: "TrafficTarget",
      cell: ({ target }) => (
        <Link
          href={`/access${withParameters(query, { policy: `TrafficTarget/${target}` })}`}
          className="text-accent hover:underline"
        >
          {target}
        </Link>
      ),
      sortBy: ({ target }) => target,
    },
    { id: "sources", header: "Sources", cell: ({ sources }) => mono(sources.join(", ")) },
    { id: "destination", header: "Destination", cell: ({ destination }) => mono(destination) },
    {
      id: "route",
      header: "Lets in",
      cell: ({ route, ports }) => mono(route ?? (ports.length > 0 ? `port ${ports.join(", ")}` : "every port")),
      sortBy: ({ route }) => route,
    },
    {
      id: "rate",
      header: "Used",
      align: "right",
      cell: ({ requestsPerSecond }) => <Figure quantity={rateQuantity(requestsPerSecond)} />,
      sortBy: ({ requestsPerSecond }) => requestsPerSecond,
    },
    {
      id: "last",
      header: "Last used",
      cell: ({ lastUsedAt, requestsPerSecond }) =>
        lastUsedAt === null ? (
          <span className="text-ink-3">{requestsPerSecond === null ? "not counted" : "not in the last hour"}</span>
        ) : (
          <RelativeTime at={lastUsedAt} />
        ),
      sortBy: ({ lastUsedAt }) => lastUsedAt,
    },
  ];
  return (
    <Framed>
      <Table label={label} columns={columns} rows={grants} rowKey={({ policy }) => policy} />
    </Framed>
  );
}
