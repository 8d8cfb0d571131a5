"use client";
import { useProxies } from "@/components/data/use-proxies";
import { PageHeader } from "@/components/shell/page-header";
import { PageStates } from "@/components/shell/page-states";
import { useScope } from "@/components/shell/scope";
import { useUrlState } from "@/components/shell/url-state";
import { Banner } from "@/components/ui/banner";
import { Select } from "@/components/ui/select";
import { TableSkeleton } from "@/components/ui/skeleton";
import { StatusMark } from "@/components/ui/status-mark";
import { TextInput } from "@/components/ui/text-input";
import type { ProxyList, UnconnectedProxy } from "@/lib/contract/proxies";
import { ProxyInspector } from "./proxy-inspector";
import { ProxyTable } from "./proxy-table";
import { SYNC_STATES, syncRank } from "./sync-state";

/** Every sidecar: whether it has what it was sent, what it refused, and what it is given. */
export function ProxiesPage() {
  return (
    <PageStates
      title="Proxies"
      unreadable="The sidecars could not be read"
      result={useProxies()}
      skeleton={<TableSkeleton label="Loading the sidecars" rows={12} />}
    >
      {(list) => <ProxiesContent list={list} />}
    </PageStates>
  );
}

function ProxiesContent({ list }: { list: ProxyList }) {
  const { get, setUrl } = useUrlState();
  const scope = useScope();
  const find = get("find") ?? "";
  const shown = <Row extends { namespace: string; pod: string; identity: string }>(rows: readonly Row[]) =>
    rows.filter(
      (row) =>
        (scope === null || scope.has(row.namespace)) &&
        `${row.namespace}/${row.pod} ${row.identity}`.toLowerCase().includes(find.trim().toLowerCase()),
    );
  const state = SYNC_STATES.find(({ value }) => value === get("state")) ?? SYNC_STATES[0];
  const named = shown(list.items);
  const proxies = named.filter((proxy) => state.rank === null || syncRank(proxy) === state.rank);
  const versions = [...new Set(list.items.flatMap(({ envoyVersion }) => envoyVersion ?? []))].sort();
  const away = shown(list.notConnected);
  const behind = named.filter((proxy) => syncRank(proxy) > 0).length;
  const selected = list.items.find((proxy) => proxy.id === get("proxy")) ?? null;
  return (
    <>
      <PageHeader title="Proxies" note={`${named.length} connected, ${named.length - behind} in sync`}>
        <TextInput
          aria-label="Filter by name"
          placeholder="Filter by name"
          className="w-44!"
          value={find}
          onChange={(text) => setUrl({ find: text === "" ? null : text })}
        />
        <Select
          small
          aria-label="State of the configuration"
          options={SYNC_STATES}
          value={state.value}
          onChange={(next) => setUrl({ state: next === "" ? null : next })}
        />
      </PageHeader>
      <div className="flex min-h-0 flex-1">
        <div className="scroll-thin flex min-h-0 min-w-0 flex-1 flex-col gap-4 overflow-auto p-4 max-sm:p-2">
          {versions.length > 1 && (
            <Banner status="degraded">
              Sidecars run {versions.length} versions of Envoy: {versions.join(", ")}. Restart the older ones' pods.
            </Banner>
          )}
          {away.length > 0 && <NotConnected pods={away} />}
          <div className="overflow-hidden rounded-lg border border-line">
            <ProxyTable
              proxies={proxies}
              selected={selected?.id ?? null}
              onOpen={(id) => setUrl({ proxy: id }, "push")}
            />
          </div>
        </div>
        {selected && (
          <ProxyInspector
            key={selected.id}
            proxy={selected}
            others={list.items.filter((proxy) => proxy.id !== selected.id)}
            onClose={() => setUrl({ proxy: null, look: null, search: null, resource: null, with: null })}
          />
        )}
      </div>
    </>
  );
}

function NotConnected({ pods }: { pods: readonly UnconnectedProxy[] }) {
  return (
    <section aria-label="Not connected" className="rounded-lg border border-line bg-surface px-4 py-3">
      <h2 className="mb-2 flex items-center gap-2 font-medium text-sm">
        <StatusMark status="degraded" /> Pods whose sidecar is not connected
      </h2>
      <ul className="flex flex-col gap-1 text-sm">
        {pods.map((pod) => (
          <li key={`${pod.namespace}/${pod.pod}`}>
            {pod.namespace}/{pod.pod}{" "}
            <span className="text-ink-2">
              {pod.ready
                ? "serves with the configuration it has, and hears of no change."
                : "is not ready: it may be starting. Look at its log if it stays."}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
