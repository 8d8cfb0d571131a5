"use client";
import { Network, Table2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { useTopology } from "@/components/data/use-topology";
import { useShortcuts } from "@/components/keys/use-shortcuts";
import { useReportPageData } from "@/components/shell/page-data";
import { PageHeader } from "@/components/shell/page-header";
import { PageStates } from "@/components/shell/page-states";
import { useInstant, useScope, useWindow } from "@/components/shell/scope";
import { type UrlChange, useUrlState } from "@/components/shell/url-state";
import { EmptyState } from "@/components/ui/empty-state";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import type { Topology } from "@/lib/contract/topology";
import { METRICS, readMetric } from "@/lib/picture/metric";
import { FIND_TERMS, find } from "@/lib/topology/find";
import { GraphSkeleton } from "./graph-skeleton";
import { GraphTable } from "./graph-table";
import { type FoundInPicture, type Level, makePicture, type Picture } from "./picture";
import { SelectionInspector } from "./selection-inspector";
import { Summary } from "./summary";
import { usePlaces } from "./use-places";

const GraphCanvas = dynamic(() => import("./graph-canvas").then((module) => module.GraphCanvas), {
  ssr: false,
  loading: () => <GraphSkeleton />,
});

/** The graph of the mesh, as a picture or as a table. Everything one sees is in the URL. */
export function GraphPage() {
  const timeWindow = useWindow();
  const result = useTopology(timeWindow, useInstant());
  useReportPageData(result.data?.at ?? null, result.data?.queries ?? null);
  return (
    <PageStates title="Graph" unreadable="The graph could not be read" result={result} skeleton={<GraphSkeleton />}>
      {(topology) => <LoadedGraph topology={topology} />}
    </PageStates>
  );
}

function LoadedGraph({ topology }: { topology: Topology }) {
  const { get, setUrl } = useUrlState();
  const scope = useScope();
  const metric = readMetric(get("metric"));
  const level: Level = get("level") === "workloads" ? "workloads" : "services";
  const table = get("view") === "table";
  const [search, setSearch] = useSearchText(get("find") ?? "", setUrl);
  const searchInput = useRef<HTMLInputElement>(null);

  const picture = useMemo(() => makePicture(topology, { level, scope }), [topology, level, scope]);
  const { places, move, arrange } = usePlaces(picture, level);
  const deferredSearch = useDeferredValue(search);
  const result = useMemo(() => find(topology, deferredSearch), [topology, deferredSearch]);
  const found = useMemo(() => foundIn(picture, result), [picture, result]);

  const node = get("node");
  const selected = node === null ? get("edge") : (picture.shownAs.get(node) ?? node);
  const select = useCallback(
    (id: string | null) => {
      const edge = id !== null && picture.edges.some((each) => each.id === id && each.kind === "call");
      const isNode = id !== null && picture.nodes.some((each) => each.id === id);
      setUrl({ node: isNode ? id : null, edge: edge ? id : null }, "push");
    },
    [picture, setUrl],
  );
  const close = useCallback(() => select(null), [select]);

  const toSearch = () => searchInput.current?.focus();
  useShortcuts([
    { keys: "/", label: "Find in the graph", group: "Graph", run: toSearch },
    { keys: "f", label: "Find services", group: "Graph", run: toSearch },
    {
      keys: "t",
      label: table ? "Show the picture" : "Show the table",
      group: "Graph",
      run: () => setUrl({ view: table ? null : "table" }),
    },
    { keys: "", label: "Arrange the graph", group: "Graph", run: arrange },
    ...METRICS.map((each) => ({
      keys: "",
      label: `Label edges: ${each.label}`,
      group: "Graph",
      run: () => setUrl({ metric: each.value }),
    })),
  ]);

  if (topology.nodes.length === 0) {
    return (
      <>
        <PageHeader title="Graph" />
        <EmptyState
          title="No service is in the mesh yet"
          command="kubectl label namespace NAME openservicemesh.io/monitored-by=osm"
        >
          Services of meshed namespaces appear here, with the calls between them: how many, how many fail, how long they
          take and whether they are encrypted. Add a namespace to the mesh, then restart its workloads so that they get
          a sidecar.
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeader title="Graph" note={<Summary picture={picture} />}>
        <TextInput
          ref={searchInput}
          type="search"
          aria-label="Find in the graph"
          title={FIND_TERMS}
          aria-invalid={!result.ok}
          placeholder="Find: name, ns:, denied, errors"
          value={search}
          onChange={setSearch}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.preventDefault();
            setSearch("");
            event.currentTarget.blur();
          }}
          className="h-(--control-sm)! w-56! border-line! max-sm:w-40!"
        />
        {found !== null && (
          <output className="text-ink-3 text-xs">
            {found.nodes.size} of {picture.nodes.length}
          </output>
        )}
        {!result.ok && <output className="text-fail text-xs">{result.message}</output>}
        <Select
          small
          aria-label="Label of edges"
          value={metric}
          options={METRICS}
          onChange={(value) => setUrl({ metric: value === "rate" ? null : value })}
          className="w-28"
        />
        <Select
          small
          aria-label="Level of detail"
          value={level}
          options={LEVELS}
          onChange={(value) => setUrl({ level: value === "services" ? null : value })}
          className="w-28 max-sm:hidden"
        />
        <Segmented
          label="View"
          iconsOnly
          options={VIEWS}
          value={table ? "table" : "picture"}
          onChange={(value) => setUrl({ view: value === "table" ? "table" : null })}
        />
      </PageHeader>
      <div className="flex min-h-0 flex-1">
        {table ? (
          <div className="flex min-w-0 flex-1 flex-col bg-surface">
            <GraphTable picture={picture} found={found} selected={selected} onSelect={select} />
          </div>
        ) : (
          <GraphCanvas
            picture={picture}
            places={places}
            metric={metric}
            selected={selected}
            found={found}
            onSelect={select}
            onMove={move}
            onArrange={arrange}
          />
        )}
        {selected !== null && (
          <SelectionInspector
            id={selected}
            picture={picture}
            problems={topology.problems}
            onSelect={select}
            onClose={close}
          />
        )}
      </div>
    </>
  );
}

/** The text as it is typed; the URL follows. A URL that changes by itself (Back, a link) is taken over. */
function useSearchText(inUrl: string, setUrl: (change: UrlChange) => void): readonly [string, (text: string) => void] {
  const [text, setText] = useState(inUrl);
  const written = useRef(inUrl);
  useEffect(() => {
    // The URL lags behind the keys: an older text of our own is no news.
    if (inUrl === written.current || document.activeElement?.getAttribute("type") === "search") return;
    written.current = inUrl;
    setText(inUrl);
  }, [inUrl]);
  const change = useCallback(
    (next: string) => {
      written.current = next;
      setText(next);
      setUrl({ find: next === "" ? null : next });
    },
    [setUrl],
  );
  return [text, change];
}

/** What a search found, as drawn: a workload folded into a service is found as that service. null: no search, or none that can be read. */
function foundIn(picture: Picture, result: ReturnType<typeof find>): FoundInPicture | null {
  if (!result.ok || result.nodes === null || result.edges === null) return null;
  return { nodes: new Set([...result.nodes].map((id) => picture.shownAs.get(id) ?? id)), edges: result.edges };
}

const LEVELS = [
  { value: "services", label: "Services" },
  { value: "workloads", label: "Workloads" },
] as const;

const VIEWS = [
  { value: "picture", label: "Picture", icon: <Network size={14} aria-hidden="true" /> },
  { value: "table", label: "Table", icon: <Table2 size={14} aria-hidden="true" /> },
] as const;
