"use client";
import { Bookmark, Network, Table2 } from "lucide-react";
import type { RefObject } from "react";
import { GraphEmbedButton } from "@/components/embeds/graph-embed-button";
import { PageHeader } from "@/components/shell/page-header";
import type { UrlChange } from "@/components/shell/url-state";
import { IconButton } from "@/components/ui/icon-button";
import { Popover } from "@/components/ui/popover";
import { Segmented } from "@/components/ui/segmented";
import type { Vocabulary } from "@/lib/topology/find/complete";
import type { FindError } from "@/lib/topology/find/fault";
import { FindField } from "../find/find-field";
import { FindHelp } from "../find/find-help";
import type { GraphChoice } from "../graph-choice";
import type { Level } from "../picture";
import { SavedViews } from "./saved-views";
import { GroupSelect, LevelSelect, MetricSelect, Section, ViewMenu } from "./view-menu";

interface GraphToolbarProps {
  choice: GraphChoice;
  level: Level;
  search: string;
  onSearch: (text: string) => void;
  searchField: RefObject<HTMLInputElement | null>;
  error: FindError | null;
  /** "3 of 12"; null when nothing is sought. */
  count: string | null;
  /** Asked for while one writes. */
  vocabulary: () => Vocabulary;
  /** Query of the view as it is. */
  query: string;
  onChange: (change: UrlChange) => void;
}

/** The graph's controls in one line: find, level, groups, labels, and menus for the rest. A phone has find and the menu. */
export function GraphToolbar(props: GraphToolbarProps) {
  const { choice, level, vocabulary, query, onChange } = props;
  return (
    <PageHeader title="Graph">
      <FindField
        ref={props.searchField}
        label="Find in the graph"
        placeholder="Find: a name, errors > 1%"
        value={props.search}
        onChange={props.onSearch}
        error={props.error}
        vocabulary={vocabulary}
        className="w-72 max-sm:w-40"
        after={
          <>
            {props.count !== null && <output className="bg-surface text-ink-3 text-xs">{props.count}</output>}
            <FindHelp onTake={props.onSearch} />
          </>
        }
      />
      <div className="flex gap-2 max-lg:hidden">
        <LevelSelect level={level} choice={choice} onChange={onChange} />
        <GroupSelect choice={choice} onChange={onChange} />
        <MetricSelect choice={choice} onChange={onChange} />
      </div>
      <ViewMenu choice={choice} level={level} vocabulary={vocabulary} onChange={onChange}>
        <div className="sm:hidden">
          <Section title="Saved views">
            <SavedViews query={query} />
          </Section>
        </div>
      </ViewMenu>
      <Popover
        label="Saved views"
        align="end"
        className="w-80 p-3"
        trigger={
          <IconButton label="Saved views" size="sm" className="max-sm:hidden">
            <Bookmark size={16} aria-hidden="true" />
          </IconButton>
        }
      >
        <SavedViews query={query} />
      </Popover>
      <span className="max-sm:hidden">
        <GraphEmbedButton />
      </span>
      <Segmented
        label="View"
        iconsOnly
        options={VIEWS}
        value={choice.table ? "table" : "picture"}
        onChange={(value) => onChange({ view: value === "table" ? "table" : null })}
      />
    </PageHeader>
  );
}

const VIEWS = [
  { value: "picture", label: "Picture", icon: <Network size={14} aria-hidden="true" /> },
  { value: "table", label: "Table", icon: <Table2 size={14} aria-hidden="true" /> },
] as const;
