"use client";
import { KeyList } from "@/components/keys/key-list";
import { PageHeader } from "@/components/shell/page-header";
import { useUrlState } from "@/components/shell/url-state";
import { Segmented } from "@/components/ui/segmented";
import { DataSources } from "./data-sources";
import { MeshConfigEditor } from "./mesh-config-editor";
import { ReaderSettings } from "./reader-settings";

const VIEWS = [
  { value: "sources", label: "Data sources" },
  { value: "mesh", label: "Mesh" },
  { value: "reader", label: "This browser" },
  { value: "keys", label: "Keys" },
] as const;
type View = (typeof VIEWS)[number]["value"];

/** Where data comes from, the mesh's own settings, and how one likes to see it. */
export function SettingsPage() {
  const { get, setUrl } = useUrlState();
  const view = VIEWS.find(({ value }) => value === get("view"))?.value ?? "sources";
  return (
    <>
      <PageHeader title="Settings">
        <Segmented<View>
          label="Which settings"
          options={VIEWS}
          value={view}
          onChange={(next) => setUrl({ view: next === "sources" ? null : next }, "push")}
        />
      </PageHeader>
      <div className="scroll-thin min-h-0 flex-1 overflow-auto p-4 max-sm:p-2">
        {view === "sources" && <DataSources />}
        {view === "mesh" && <MeshConfigEditor />}
        {view === "reader" && <ReaderSettings />}
        {view === "keys" && <KeyList />}
      </div>
    </>
  );
}
