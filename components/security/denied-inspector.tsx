"use client";
import { Inspector, InspectorSection } from "@/components/ui/inspector";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusMark } from "@/components/ui/status-mark";
import { pathTemplate } from "@/lib/calls/template";
import type { DeniedCall, DeniedKind } from "@/lib/contract/security";
import { AccessLink } from "./access-link";
import { callText } from "./denied-view";

interface DeniedInspectorProps {
  readonly kind: DeniedKind;
  /** The last refused calls of every kind. */
  readonly calls: readonly DeniedCall[];
  readonly onClose: () => void;
}

/** One kind of refused call: why, since when, the last ones, and the way to let it in. */
export function DeniedInspector({ kind, calls, onClose }: DeniedInspectorProps) {
  const { sourceIdentity, destinationService, why, allowedNow, firstAt, lastAt, count, path } = kind;
  const own = calls.filter((call) => isOf(call, kind)).slice(0, 20);
  return (
    <Inspector title={callText(kind)} label="Denied call" onClose={onClose}>
      <InspectorSection title="Why">
        <p className="flex items-start gap-2 text-sm">
          <span className="mt-0.5">
            <StatusMark status={allowedNow ? "idle" : "denied"} />
          </span>
          {why}
        </p>
        {sourceIdentity !== null && destinationService !== null && (
          <p className="mt-2">
            <AccessLink query={new URLSearchParams({ cell: `${sourceIdentity}>${destinationService}` }).toString()}>
              {allowedNow ? "See it in Access" : "Why, and how to allow it"}
            </AccessLink>
          </p>
        )}
      </InspectorSection>
      <InspectorSection title="Calls">
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
          <dt className="text-ink-3">Caller</dt>
          <dd className="wrap-anywhere">{sourceIdentity ?? "showed no certificate of the mesh"}</dd>
          <dt className="text-ink-3">Called</dt>
          <dd className="wrap-anywhere">{destinationService ?? "no service of the mesh"}</dd>
          <dt className="text-ink-3">Times</dt>
          <dd className="tabular-nums">{count}</dd>
          <dt className="text-ink-3">First, last</dt>
          <dd>
            <RelativeTime at={firstAt} />, <RelativeTime at={lastAt} />
          </dd>
          {path !== null && (
            <>
              <dt className="text-ink-3">Last path</dt>
              <dd className="wrap-anywhere font-mono text-xs leading-5">{path}</dd>
            </>
          )}
        </dl>
      </InspectorSection>
      {own.length > 0 && (
        <InspectorSection title="The last of them">
          <ul className="flex flex-col gap-1 text-sm">
            {own.map((call, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two calls may be alike in everything they tell
              <li key={`${call.at} ${index}`} className="flex gap-3">
                <span className="w-20 shrink-0 text-ink-3">
                  <RelativeTime at={call.at} />
                </span>
                <code className="wrap-anywhere min-w-0 font-mono text-xs leading-5">
                  {call.protocol === "http" ? `${call.method ?? ""} ${call.path ?? ""}` : "TCP connection"}
                </code>
              </li>
            ))}
          </ul>
        </InspectorSection>
      )}
    </Inspector>
  );
}

function isOf(call: DeniedCall, kind: DeniedKind): boolean {
  return (
    call.sourceIdentity === kind.sourceIdentity &&
    call.destinationService === kind.destinationService &&
    call.side === kind.side &&
    call.method === kind.method &&
    (call.path === null ? null : pathTemplate(call.path)) === kind.pathTemplate
  );
}
