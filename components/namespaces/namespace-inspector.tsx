"use client";
import { useState } from "react";
import { Refusal } from "@/components/changes/refusal";
import { useMissingRights } from "@/components/data/use-missing-rights";
import { useMembership } from "@/components/data/use-namespace-write";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Inspector, InspectorSection } from "@/components/ui/inspector";
import { Reason } from "@/components/ui/reason";
import { toast } from "@/components/ui/toasts";
import type { NamespaceView } from "@/lib/contract/namespaces";
import { RolloutList } from "./rollout-list";

interface NamespaceInspectorProps {
  readonly namespace: NamespaceView;
  readonly onClose: () => void;
}

/** One namespace: what a change of its membership means, said before it is made, and its rollouts. */
export function NamespaceInspector({ namespace, onClose }: NamespaceInspectorProps) {
  const { name, meshed, resourceVersion } = namespace;
  const [asked, setAsked] = useState(false);
  const membership = useMembership(name);
  const missing = useMissingRights([{ verb: "patch", kind: "Namespace", namespace: name }]);
  const verb = meshed ? `Take ${name} out of the mesh` : `Add ${name} to the mesh`;
  function apply(): void {
    membership.mutate(
      { meshed: !meshed, resourceVersion },
      {
        onSuccess: () => {
          setAsked(false);
          toast(meshed ? `${name} is out of the mesh` : `${name} is in the mesh: restart its workloads`);
        },
      },
    );
  }
  const footer = asked ? (
    <div className="flex flex-col gap-2">
      <Meaning namespace={namespace} />
      {membership.error && <Refusal error={membership.error} />}
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" busy={membership.isPending} onClick={apply}>
          {verb}
        </Button>
        <Button
          onClick={() => {
            setAsked(false);
            membership.reset();
          }}
        >
          Leave it as it is
        </Button>
      </div>
    </div>
  ) : namespace.control ? (
    <p className="text-ink-2 text-sm">
      It holds the control plane, which cannot be part of the mesh: a sidecar would wait for the controller that it
      keeps from starting.
    </p>
  ) : (
    <div className="flex flex-wrap gap-2">
      <Button unusableBecause={missing.because} onClick={() => setAsked(true)}>
        {meshed ? "Take out of the mesh…" : "Add to the mesh…"}
      </Button>
      <Reason id={missing.id} text={missing.text} />
    </div>
  );
  return (
    <Inspector title={name} label="Namespace" onClose={onClose} footer={footer}>
      {namespace.managedBy && (
        <Banner status="degraded">
          {namespace.managedBy.tool} ({namespace.managedBy.name}) keeps this namespace and would change its labels back:
          change them there.
        </Banner>
      )}
      <InspectorSection title="Pods">
        <p className="text-sm">
          {namespace.pods.withSidecar} of {namespace.pods.total} with a sidecar
        </p>
      </InspectorSection>
      <InspectorSection title="Services">
        <p className="wrap-anywhere text-sm">{namespace.serviceNames.join(", ") || "None with a selector."}</p>
      </InspectorSection>
      <InspectorSection title="Rollouts">
        <RolloutList namespace={name} />
      </InspectorSection>
    </Inspector>
  );
}

function Meaning({ namespace: { meshed, pods } }: { namespace: NamespaceView }) {
  if (meshed) {
    return (
      <p className="text-sm">
        Its label and its annotation go. Policies that name it no longer apply, so calls between it and the rest of the
        mesh may be refused at once. Its sidecars ({pods.withSidecar}) stay until its pods are restarted.
      </p>
    );
  }
  return (
    <p className="text-sm">
      It gets the mesh's label and the annotation that asks for sidecars. Its running pods ({pods.total}) stay as they
      are until they are restarted; then their calls are encrypted, and only what policy allows gets through.
    </p>
  );
}
