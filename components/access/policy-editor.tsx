"use client";
import { useState } from "react";
import { Conflict } from "@/components/changes/conflict";
import { nameOf, type ObjectChange, rightsOf, whatIfOf } from "@/components/changes/object-change";
import { Refusal } from "@/components/changes/refusal";
import { onTopOf } from "@/components/changes/three-way";
import { useApply } from "@/components/changes/use-apply";
import { useWhatBreaks } from "@/components/changes/use-what-breaks";
import { WhatBreaks } from "@/components/changes/what-breaks";
import { useMissingRights } from "@/components/data/use-missing-rights";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/dialog";
import { Inspector } from "@/components/ui/inspector";
import { Reason } from "@/components/ui/reason";
import { Segmented } from "@/components/ui/segmented";
import { toast } from "@/components/ui/toasts";
import { AppError } from "@/lib/contract/errors";
import type { KubeObject } from "@/lib/kube/objects";
import { DraftPane } from "./draft-pane";
import type { PolicyChoices } from "./use-policy-choices";

interface PolicyEditorProps {
  /** What the inspector is called: "Let bookthief call bookstore". */
  title: string;
  changes: readonly ObjectChange[];
  choices: PolicyChoices;
  onClose: () => void;
}

/** Edits one or several objects as one draft: form and YAML in step, what would break, a dry run, apply, conflict. */
export function PolicyEditor({ title, changes, choices, onClose }: PolicyEditorProps) {
  const [drafts, setDrafts] = useState(changes);
  const [open, setOpen] = useState(0);
  const [broken, setBroken] = useState<ReadonlySet<number>>(new Set());
  const [deleting, setDeleting] = useState<ObjectChange | null>(null);
  const [leaving, setLeaving] = useState(false);
  const applying = useApply();
  const forecast = useWhatBreaks(broken.size > 0 ? null : whatIfOf(drafts));
  const missing = useMissingRights(drafts.flatMap(rightsOf));
  const mayNotDelete = useMissingRights(drafts.flatMap(({ base }) => rightsOf({ base, put: null })));
  const draft = drafts[open];
  const failure = applying.failure;
  const refused = failure && failure.index === open ? failure.error.fields : [];
  const foreseen = (forecast.result?.problems.added ?? []).filter(
    (problem) => problem.object.name === draft?.put?.metadata.name && problem.object.kind === draft.put.kind,
  );

  const replace = (at: number, put: KubeObject | null) =>
    setDrafts((all) => all.map((one, index) => (index === at ? { ...one, put } : one)));
  async function apply(wanted: readonly ObjectChange[], dryRun: boolean): Promise<void> {
    if (!(await applying.run(wanted, dryRun)) || dryRun) return;
    toast(`Stored ${wanted.map(nameOf).join(" and ")}`);
    onClose();
  }
  function setDraft(put: KubeObject | AppError): void {
    setBroken((all) => withMember(all, open, put instanceof AppError));
    if (!(put instanceof AppError)) replace(open, put);
  }
  // Text that cannot be read yet is a change too, though no object came of it.
  const changed = broken.size > 0 || drafts.some((one, at) => one.put !== changes[at]?.put);
  const leave = () => (changed ? setLeaving(true) : onClose());
  const existing = drafts.find((one) => one.base !== null && one.put !== null);

  return (
    <Inspector
      title={title}
      label={title}
      wide
      onClose={leave}
      footer={
        <div className="flex flex-col gap-3">
          {failure?.live && drafts[failure.index]?.put ? (
            <Conflict
              mine={drafts[failure.index]?.put as KubeObject}
              theirs={failure.live}
              onTakeTheirs={() => {
                const live = failure.live;
                setDrafts((all) => all.map((one, at) => (at === failure.index ? { base: live, put: live } : one)));
                applying.reset();
              }}
              onReapply={() => {
                const next = onTop(drafts, failure.index, failure.live);
                setDrafts(next);
                void apply(next, false);
              }}
            />
          ) : (
            failure && <Refusal error={failure.error} />
          )}
          {applying.stored.length > 0 && failure && (
            <p className="text-sm">Stored before that: {applying.stored.join(", ")}.</p>
          )}
          {broken.size === 0 && <WhatBreaks forecast={forecast} />}
          {applying.checked && !failure && <p className="text-ink-2 text-sm">The API server would accept this.</p>}
          <div className="flex flex-wrap justify-end gap-2">
            {existing && (
              <Button
                size="sm"
                variant="danger"
                className="mr-auto"
                unusableBecause={mayNotDelete.because}
                onClick={() => setDeleting(existing)}
              >
                Delete
              </Button>
            )}
            <Button size="sm" variant="quiet" onClick={leave}>
              Discard
            </Button>
            <Button
              size="sm"
              disabled={broken.size > 0 || applying.busy}
              unusableBecause={missing.because}
              onClick={() => void apply(drafts, true)}
            >
              Try without storing
            </Button>
            <Button
              size="sm"
              variant="primary"
              busy={applying.busy}
              disabled={broken.size > 0}
              unusableBecause={missing.because}
              onClick={() => void apply(drafts, false)}
            >
              {drafts.length > 1 ? `Apply ${drafts.length} changes` : `Apply ${nameOf(drafts[0] ?? NOTHING)}`}
            </Button>
            <Reason id={missing.id} text={missing.text} />
            <Reason id={mayNotDelete.id} text={mayNotDelete.text} />
          </div>
        </div>
      }
    >
      {drafts.length > 1 && (
        <div className="scroll-thin overflow-x-auto border-line border-b px-4 py-2">
          <Segmented
            label="Object"
            value={String(open)}
            options={drafts.map((one, at) => ({ value: String(at), label: nameOf(one).split("/")[1] ?? String(at) }))}
            onChange={(value) => setOpen(Number(value))}
          />
        </div>
      )}
      {draft && (
        <DraftPane
          key={`${open}:${draft.base?.metadata.resourceVersion ?? "new"}`}
          change={draft}
          choices={choices}
          messages={[...refused, ...foreseen]}
          onChange={setDraft}
        />
      )}
      <ConfirmDialog
        open={deleting !== null}
        onClose={() => setDeleting(null)}
        title={`Delete ${deleting ? nameOf(deleting) : ""}?`}
        confirmLabel={`Delete ${deleting?.base?.metadata.name ?? ""}`}
        busy={applying.busy}
        onConfirm={() => {
          const base = deleting?.base ?? null;
          setDeleting(null);
          if (base) void apply([{ base, put: null }], false);
        }}
      >
        The object is removed from the cluster. Calls it alone lets through are refused from then on.
      </ConfirmDialog>
      <ConfirmDialog
        open={leaving}
        onClose={() => setLeaving(false)}
        title="Discard this draft?"
        confirmLabel="Discard"
        onConfirm={onClose}
      >
        What was changed here is not stored and would be lost.
      </ConfirmDialog>
    </Inspector>
  );
}

const NOTHING: ObjectChange = { base: null, put: null };

function withMember(all: ReadonlySet<number>, member: number, present: boolean): ReadonlySet<number> {
  const next = new Set(all);
  if (present) next.add(member);
  else next.delete(member);
  return next;
}

/** The same draft on top of the object as it is now: what the reader chose after seeing both. */
function onTop(drafts: readonly ObjectChange[], index: number, live: KubeObject | null): readonly ObjectChange[] {
  return drafts.map((one, at) => {
    if (at !== index || !one.put || !live) return one;
    return { base: live, put: onTopOf(one.base ?? live, one.put, live) };
  });
}
