"use client";
import Link from "next/link";
import { useSharedQuery } from "@/components/shell/scope";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusMark } from "@/components/ui/status-mark";
import { type Column, Table } from "@/components/ui/table";
import type { ServiceDetail, ServicePod } from "@/lib/contract/services";
import { pagePath, shortName, withParameters } from "../subject-path";
import { Framed, Nothing } from "./section";

/** The pods behind it with their sidecars; the log of each is one click away. */
export function PodsTab({ detail }: { detail: ServiceDetail }) {
  const query = useSharedQuery();
  const silent = detail.partial.some(({ part }) => part === "controller");
  if (detail.pods.length === 0) return <Nothing>No pod stands behind it: calls are answered 503.</Nothing>;
  const restarts = ({ containers }: ServicePod) => containers.reduce((sum, one) => sum + one.restarts, 0);
  const columns: readonly Column<ServicePod>[] = [
    { id: "pod", header: "Pod", cell: ({ name }) => name, sortBy: ({ name }) => name },
    {
      id: "ready",
      header: "Ready",
      cell: (pod) => (
        <span className="inline-flex items-center gap-1.5">
          {!pod.ready && <StatusMark status={pod.phase === "Failed" ? "failing" : "degraded"} />}
          {pod.ready ? "ready" : whyNotReady(pod)}
        </span>
      ),
      sortBy: ({ ready }) => Number(ready),
    },
    { id: "restarts", header: "Restarts", align: "right", cell: restarts, sortBy: restarts },
    { id: "sidecar", header: "Sidecar", cell: (pod) => <Sidecar pod={pod} silent={silent} /> },
    { id: "envoy", header: "Envoy", cell: ({ proxy }) => proxy?.envoyVersion ?? "–" },
    { id: "version", header: "Version", cell: ({ version }) => version ?? "–" },
    {
      id: "workload",
      header: "Workload",
      cell: ({ workload }) => (
        <Link href={pagePath(workload, query)} className="hover:underline">
          {shortName(workload)}
        </Link>
      ),
      sortBy: ({ workload }) => workload,
    },
    { id: "node", header: "Node", cell: ({ node }) => node ?? "–", sortBy: ({ node }) => node },
    { id: "address", header: "Address", cell: ({ address }) => address ?? "–" },
    {
      id: "age",
      header: "Created",
      cell: ({ createdAt }) => (createdAt === null ? "–" : <RelativeTime at={createdAt} />),
      sortBy: ({ createdAt }) => createdAt,
    },
    {
      id: "logs",
      header: "Logs",
      cell: ({ name }) => (
        <Link
          href={pagePath(detail.node.id, withParameters(query, { tab: "logs", pod: name }))}
          aria-label={`Logs of ${name}`}
          className="text-accent hover:underline"
        >
          logs
        </Link>
      ),
    },
  ];
  return (
    <Framed>
      <Table label="Pods" columns={columns} rows={detail.pods} rowKey={({ name }) => name} />
    </Framed>
  );
}

function whyNotReady({ phase, containers }: ServicePod): string {
  const waiting = containers.find(({ ready, state }) => !ready && state !== "running");
  return phase === "Running" && waiting ? `${waiting.name}: ${waiting.state}` : phase;
}

function Sidecar({ pod, silent }: { pod: ServicePod; silent: boolean }) {
  if (!pod.meshed) return <span className="text-ink-3">none</span>;
  if (!pod.proxy) {
    return silent ? (
      <span className="text-ink-3">not known, the controller does not answer</span>
    ) : (
      <span className="inline-flex items-center gap-1.5">
        <StatusMark status="degraded" /> not connected
      </span>
    );
  }
  if (pod.proxy.nack) {
    return (
      <span className="inline-flex max-w-80 items-center gap-1.5" title={pod.proxy.nack.message}>
        <StatusMark status="failing" />
        <span className="truncate">
          refused {pod.proxy.nack.type}: {pod.proxy.nack.message}
        </span>
      </span>
    );
  }
  return pod.proxy.synced ? "in sync" : "behind";
}
