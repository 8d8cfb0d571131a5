"use client";
import { stringify } from "yaml";
import { useEnvoyConfig } from "@/components/data/use-envoy-config";
import { Diff } from "@/components/ui/diff";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusMark } from "@/components/ui/status-mark";
import { Tag } from "@/components/ui/tag";
import type { ProxyConfig } from "@/lib/contract/admin";
import { type ConfigDifference, compareConfig } from "@/lib/proxies/compare-config";

const KIND_TEXT: Readonly<Record<ConfigDifference["kind"], string>> = {
  differs: "Envoy has another",
  missing: "Envoy has none",
  extra: "no longer given",
  warming: "taken, not in use yet",
};

interface SentAndHasProps {
  readonly config: ProxyConfig;
  readonly find: string;
}

/** What the controller gives to a sidecar, held against what its Envoy says it has; asked of both again and again. */
export function SentAndHas({ config, find }: SentAndHasProps) {
  const { data, error } = useEnvoyConfig(config.id);
  if (error && !data) {
    return (
      <p role="alert" className="text-sm">
        {error.message} <span className="text-ink-2">{error.hint}</span>
      </p>
    );
  }
  if (!data) return <Skeleton className="h-24 w-full" />;
  const wanted = find.trim().toLowerCase();
  const all = compareConfig(config.resources, data.resources);
  const shown = all.filter((one) => `${one.type} ${one.name}`.toLowerCase().includes(wanted));
  return (
    <div className="flex flex-col gap-2">
      <p className="flex items-center gap-2 text-sm" role="status">
        <StatusMark status={all.length === 0 ? "healthy" : "degraded"} />
        {all.length === 0
          ? `No difference: Envoy has all ${config.resources.length} resources as they were given.`
          : `${all.length} of ${config.resources.length} resources differ.`}
        <span className="text-ink-3">
          Asked <RelativeTime at={data.at} />
          {error && ", and not since: it does not answer"}
        </span>
      </p>
      {all.length > 0 && shown.length === 0 && <p className="text-ink-3 text-sm">No difference is named so.</p>}
      {shown.map((one) => (
        <details key={`${one.type} ${one.name}`} className="border-line border-b" open={shown.length === 1}>
          <summary className="cursor-pointer py-1 text-sm">
            <code className="wrap-anywhere font-mono text-xs">
              {one.type} {one.name}
            </code>{" "}
            <Tag tone={one.error === null ? "warn" : "fail"}>{KIND_TEXT[one.kind]}</Tag>
          </summary>
          {one.error !== null && <p className="wrap-anywhere mb-1 font-mono text-xs">{one.error}</p>}
          <Diff
            before={textOf(one.has)}
            after={textOf(one.sent)}
            beforeLabel="Envoy has"
            afterLabel="The controller gives"
          />
        </details>
      ))}
    </div>
  );
}

function textOf(resource: unknown): string {
  return resource === null ? "" : stringify(resource, { lineWidth: 0 });
}
