"use client";
import { useState } from "react";
import { onTopOf } from "@/components/changes/three-way";
import { fromYaml, toYaml } from "@/components/changes/yaml-text";
import { ApiError } from "@/components/data/api-error";
import { useMeshConfigWrite } from "@/components/data/use-settings";
import { toast } from "@/components/ui/toasts";
import type { MeshConfigBody } from "@/lib/contract/settings";
import type { KubeObject } from "@/lib/kube/objects";

export interface MeshDraft {
  /** What the draft was made from. */
  readonly base: KubeObject;
  readonly object: KubeObject;
  readonly text: string;
  /** Why the YAML cannot be read; null when it can. */
  readonly unreadable: string | null;
  readonly changed: boolean;
  readonly busy: boolean;
  readonly failure: ApiError | null;
  /** The API server would accept it: asked, and nothing was changed since. */
  readonly checked: boolean;
  fill(object: KubeObject): void;
  type(text: string): void;
  discard(): void;
  apply(dryRun: boolean): Promise<void>;
  /** After a conflict. */
  keepTheirs(): void;
  putOnTop(): void;
}

interface Edited {
  readonly base: KubeObject;
  readonly object: KubeObject;
  readonly text: string;
  readonly unreadable: string | null;
}

/** A draft of the MeshConfig, in form and YAML, until it is applied or discarded. What is stored meanwhile never moves it. */
export function useMeshDraft(stored: MeshConfigBody): MeshDraft {
  const live = stored.object ?? emptyConfig(stored);
  const [edited, setEdited] = useState<Edited | null>(null);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [checked, setChecked] = useState(false);
  const { mutateAsync, isPending } = useMeshConfigWrite();
  const now: Edited = edited ?? { base: live, object: live, text: toYaml(live), unreadable: null };

  function edit(next: Edited | null): void {
    setEdited(next);
    setChecked(false);
    setFailure(null);
  }
  async function write(object: KubeObject, dryRun: boolean): Promise<void> {
    setFailure(null);
    try {
      // What would be refused is refused before anything is stored.
      await mutateAsync({ object, dryRun: true });
      setChecked(true);
      if (dryRun) return;
      await mutateAsync({ object });
      edit(null);
      toast("Stored MeshConfig");
    } catch (cause) {
      setChecked(false);
      setFailure(cause instanceof ApiError ? cause : new ApiError({ code: "internal", message: String(cause) }));
    }
  }
  return {
    ...now,
    changed: now.unreadable !== null || now.text !== toYaml(now.base),
    busy: isPending,
    ...{ failure, checked },
    fill: (object) => edit({ ...now, object, text: toYaml(object), unreadable: null }),
    type(text) {
      const reading = fromYaml(text, now.base);
      edit({
        ...now,
        text,
        object: reading.ok ? reading.object : now.object,
        unreadable: reading.ok ? null : `Line ${reading.line}: ${reading.message}`,
      });
    },
    discard: () => edit(null),
    apply: (dryRun) => write(now.object, dryRun),
    keepTheirs: () => edit(failure?.live ? editedFrom(failure.live, failure.live) : null),
    putOnTop() {
      if (!failure?.live) return;
      const merged = onTopOf(now.base, now.object, failure.live);
      edit(editedFrom(failure.live, merged));
      void write(merged, false);
    },
  };
}

function editedFrom(base: KubeObject, object: KubeObject): Edited {
  return { base, object, text: toYaml(object), unreadable: null };
}

function emptyConfig({ namespace, name }: MeshConfigBody): KubeObject {
  return {
    apiVersion: "config.openservicemesh.io/v1alpha2",
    kind: "MeshConfig",
    metadata: { name, namespace },
    spec: {},
  };
}
