"use client";
import { Conflict } from "@/components/changes/conflict";
import { Refusal } from "@/components/changes/refusal";
import { useWhatBreaks } from "@/components/changes/use-what-breaks";
import { WhatBreaks } from "@/components/changes/what-breaks";
import { toYaml } from "@/components/changes/yaml-text";
import { useMissingRights } from "@/components/data/use-missing-rights";
import { useMeshConfig } from "@/components/data/use-settings";
import { Button } from "@/components/ui/button";
import { Diff } from "@/components/ui/diff";
import { ErrorState } from "@/components/ui/error-state";
import { Reason } from "@/components/ui/reason";
import { TableSkeleton } from "@/components/ui/skeleton";
import { StatusMark } from "@/components/ui/status-mark";
import { YamlEditor } from "@/components/ui/yaml-editor";
import type { MeshConfigBody } from "@/lib/contract/settings";
import { checkMeshConfig } from "@/lib/mesh/mesh-config";
import { MeshConfigForm } from "./mesh-config-form";
import { type MeshDraft, useMeshDraft } from "./use-mesh-draft";

/** The mesh's own settings: form and YAML in step, what would break, diff, a dry run, apply. */
export function MeshConfigEditor() {
  const { data, error, refetch } = useMeshConfig();
  if (data) return <Editor stored={data} />;
  if (!error) return <TableSkeleton label="Loading the mesh's settings" rows={8} />;
  const retry = () => void refetch();
  return (
    <ErrorState title="The MeshConfig could not be read" message={error.message} hint={error.hint} onRetry={retry} />
  );
}

function Editor({ stored }: { stored: MeshConfigBody }) {
  const draft = useMeshDraft(stored);
  const wrong = draft.unreadable === null ? checkMeshConfig(draft.object) : [];
  const messages = [...(draft.failure?.fields ?? []), ...wrong];
  return (
    <div className="flex flex-col gap-4">
      {stored.object === null && (
        <p className="text-ink-2 text-sm">
          There is no MeshConfig {stored.namespace}/{stored.name} yet: every setting has its default. Applying creates
          it.
        </p>
      )}
      {stored.managedBy && (
        <p className="flex items-center gap-2 text-sm">
          <StatusMark status="degraded" />
          {stored.managedBy.tool} ({stored.managedBy.name}) keeps this object and would change it back: change it there.
        </p>
      )}
      <div className="grid gap-4 lg:grid-cols-2">
        {draft.unreadable === null ? (
          <MeshConfigForm object={draft.object} messages={messages} onChange={draft.fill} />
        ) : (
          <p role="alert" className="text-fail text-sm">
            The YAML cannot be read. {draft.unreadable}
          </p>
        )}
        <YamlEditor
          label="MeshConfig as YAML"
          value={draft.text}
          onChange={draft.type}
          problems={messages}
          lines={24}
        />
      </div>
      {draft.changed && <Outcome draft={draft} blocked={draft.unreadable !== null || wrong.length > 0} />}
    </div>
  );
}

/** What the draft changes and would break, and the ways to go on. */
function Outcome({ draft, blocked }: { draft: MeshDraft; blocked: boolean }) {
  const forecast = useWhatBreaks(blocked ? null : { put: [draft.object], remove: [] });
  const { namespace = "", resourceVersion } = draft.object.metadata;
  const verb = resourceVersion ? "update" : "create";
  const missing = useMissingRights(blocked || !namespace ? [] : [{ verb, kind: "MeshConfig", namespace }]);
  const { failure } = draft;
  return (
    <section aria-label="Draft" className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4">
      {failure?.live ? (
        <Conflict
          mine={draft.object}
          theirs={failure.live}
          onTakeTheirs={draft.keepTheirs}
          onReapply={draft.putOnTop}
        />
      ) : (
        <>
          {!blocked && <Diff before={toYaml(draft.base)} after={draft.text} beforeLabel="Stored" afterLabel="Draft" />}
          {failure && <Refusal error={failure} />}
        </>
      )}
      {!blocked && <WhatBreaks forecast={forecast} />}
      {draft.checked && <p className="text-ink-2 text-sm">The API server would accept this.</p>}
      <div className="flex flex-wrap justify-end gap-2">
        <Button size="sm" variant="quiet" onClick={draft.discard}>
          Discard
        </Button>
        <Button
          size="sm"
          disabled={blocked || draft.busy}
          unusableBecause={missing.because}
          onClick={() => void draft.apply(true)}
        >
          Try without storing
        </Button>
        <Button
          size="sm"
          variant="primary"
          busy={draft.busy}
          disabled={blocked}
          unusableBecause={missing.because}
          onClick={() => void draft.apply(false)}
        >
          Apply MeshConfig
        </Button>
        <Reason id={missing.id} text={missing.text} />
      </div>
    </section>
  );
}
