"use client";
import { Ban, Pencil, Plus } from "lucide-react";
import { useState } from "react";
import type { ObjectChange } from "@/components/changes/object-change";
import { useExplanation } from "@/components/data/use-what-if";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Figure } from "@/components/ui/figure";
import { Inspector, InspectorSection } from "@/components/ui/inspector";
import { useMeasured } from "@/components/ui/measured";
import { Select } from "@/components/ui/select";
import { StatusMark } from "@/components/ui/status-mark";
import { TextInput } from "@/components/ui/text-input";
import type { AccessCell, AccessDestination } from "@/lib/contract/access";
import { rateQuantity } from "@/lib/format/number";
import { cellText } from "./cell-text";
import { allowDrafts, denyDrafts, type PolicyObjects } from "./change-access";

export interface DraftRequest {
  readonly title: string;
  readonly changes: readonly ObjectChange[];
}

interface WhyPanelProps {
  /** Identity key. */
  source: string;
  destination: AccessDestination;
  cell: AccessCell | null;
  objects: PolicyObjects;
  onDraft: (draft: DraftRequest) => void;
  /** `namespace/name` of a TrafficTarget. */
  onOpenPolicy: (policy: string) => void;
  onClose: () => void;
}

/** Why one pair may or may not call, and what to do about it. */
export function WhyPanel({ source, destination, cell, objects, onDraft, onOpenPolicy, onClose }: WhyPanelProps) {
  const pair = `${source} to ${destination.key}`;
  const measured = useMeasured();
  const allowed = (cell?.policies.length ?? 0) > 0;
  return (
    <Inspector
      title={pair}
      label={`Why: ${pair}`}
      onClose={onClose}
      footer={
        <div className="flex flex-wrap justify-end gap-2">
          {allowed && cell && (
            <Button
              size="sm"
              icon={<Ban size={14} aria-hidden="true" />}
              onClick={() => onDraft({ title: `Deny ${pair}`, changes: denyDrafts(source, cell.policies, objects) })}
            >
              Deny
            </Button>
          )}
          {allowed && cell?.policies[0] && (
            <Button
              size="sm"
              icon={<Pencil size={14} aria-hidden="true" />}
              onClick={() => onOpenPolicy(cell.policies[0] ?? "")}
            >
              Narrow
            </Button>
          )}
          {!allowed && cell?.state !== "permissive" && (
            <Button
              size="sm"
              variant="primary"
              icon={<Plus size={14} aria-hidden="true" />}
              onClick={() => onDraft({ title: `Allow ${pair}`, changes: allowDrafts(source, destination, objects) })}
            >
              Allow
            </Button>
          )}
        </div>
      }
    >
      <InspectorSection title="Now">
        <p className="flex items-center gap-2 text-sm">
          {cell?.state.includes("denied") && <StatusMark status="denied" />}
          <span className="first-letter:uppercase">{cellText(cell, measured)}</span>
        </p>
        <dl className="mt-2 grid grid-cols-2 gap-y-1 text-sm">
          <dt className="text-ink-3">Calls</dt>
          <dd className="text-right">
            <Figure quantity={rateQuantity(cell?.requestsPerSecond ?? 0)} />
          </dd>
          <dt className="text-ink-3">Denied</dt>
          <dd className="text-right">
            <Figure quantity={rateQuantity(cell?.deniedPerSecond ?? 0)} />
          </dd>
        </dl>
      </InspectorSection>
      {cell && cell.policies.length > 0 && (
        <InspectorSection title="Allowed by">
          <ul className="flex flex-col gap-1">
            {cell.policies.map((policy) => (
              <li key={policy}>
                <button
                  type="button"
                  className="rounded-sm text-accent text-sm hover:underline"
                  onClick={() => onOpenPolicy(policy)}
                >
                  TrafficTarget {policy}
                </button>
              </li>
            ))}
          </ul>
          <ul aria-label="Routes" className="mt-2 flex flex-col gap-0.5 font-mono text-ink-2 text-xs">
            {cell.routes.map((route) => (
              <li key={route}>{route}</li>
            ))}
          </ul>
        </InspectorSection>
      )}
      <TryCall source={source} destination={destination} />
    </Inspector>
  );
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"].map((value) => ({ value, label: value }));

/** What the mesh would answer to one call, by the model that enforces it. */
function TryCall({ source, destination }: Pick<WhyPanelProps, "source" | "destination">) {
  const [method, setMethod] = useState("GET");
  const [path, setPath] = useState("/");
  const tcp = destination.protocol === "tcp";
  const { data, error } = useExplanation({ source, destination: destination.key, ...(tcp ? {} : { method, path }) });
  return (
    <InspectorSection title="Would this call be let through?">
      {!tcp && (
        <div className="flex items-end gap-2">
          <Field label="Method">
            {(control) => <Select {...control} value={method} options={METHODS} onChange={setMethod} />}
          </Field>
          <div className="min-w-0 flex-1">
            <Field label="Path">{(control) => <TextInput {...control} mono value={path} onChange={setPath} />}</Field>
          </div>
        </div>
      )}
      <div className="mt-3 text-sm" aria-live="polite">
        {error && <p>{error.message}</p>}
        {data?.allowed && (
          <p>Yes{data.permissive ? ": the mesh is permissive, no policy is asked." : `, by ${names(data.grants)}.`}</p>
        )}
        {data?.missing.map((one) => (
          <div key={`${one.reason} ${one.identity}`} className="mb-2">
            <p className="flex items-start gap-2">
              <span className="mt-0.5">
                <StatusMark status="denied" label="No" />
              </span>
              {one.sentence}
            </p>
            <p className="mt-1 text-ink-2">{one.hint}</p>
          </div>
        ))}
      </div>
    </InspectorSection>
  );
}

function names(grants: readonly { target: string }[]): string {
  return [...new Set(grants.map((grant) => grant.target))].join(", ");
}
