"use client";
import Link from "next/link";
import { Facts } from "@/components/graph/details/facts";
import { pagePath, serviceId, shortName, withParameters } from "@/components/services/subject-path";
import { useSharedQuery } from "@/components/shell/scope";
import { ClockTime } from "@/components/time/clock-time";
import { Figure } from "@/components/ui/figure";
import { Inspector, InspectorSection } from "@/components/ui/inspector";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusMark } from "@/components/ui/status-mark";
import { answerText, flagText } from "@/lib/calls/answer";
import { pathTemplate } from "@/lib/calls/template";
import type { ToldCall } from "@/lib/contract/calls";
import { millisecondsQuantity } from "@/lib/format/number";
import { callStatus, statusText, whatText } from "./call-text";

const LINK = "text-accent underline-offset-2 hover:underline";

/** One call: what became of it, why it was let in or not, and where to go on. */
export function CallInspector({ call, onClose }: { call: ToldCall; onClose: () => void }) {
  const query = useSharedQuery();
  const said = answerText(call);
  const { sourceWorkload, sourceIdentity, destinationService } = call;
  return (
    <Inspector title={whatText(call)} label="Call" onClose={onClose}>
      <InspectorSection title="Answer">
        <p className="flex items-start gap-2 text-sm">
          <span className="mt-0.5">
            <StatusMark status={callStatus(call)} />
          </span>
          <span>
            <span className="first-letter:uppercase">{statusText(call)}</span>
            {said && `: ${said}`}, after <Figure quantity={millisecondsQuantity(call.durationMs)} />
          </span>
        </p>
      </InspectorSection>
      <InspectorSection title="Why">
        <div className="flex flex-col gap-1.5 text-sm" data-testid="why">
          <p>{call.why.sentence}</p>
          {call.why.hint && <p className="text-ink-2">{call.why.hint}</p>}
          <p className="flex flex-wrap gap-x-4 gap-y-1">
            {call.why.policies.map(({ target, route }) => (
              <Link
                key={`${target} ${route}`}
                className={LINK}
                href={`/access${withParameters(query, { policy: `TrafficTarget/${target}` })}`}
              >
                TrafficTarget {target}
              </Link>
            ))}
            {sourceIdentity && destinationService && (
              <Link
                className={LINK}
                href={`/access${withParameters(query, { cell: `${sourceIdentity}>${destinationService}` })}`}
              >
                {call.why.verdict === "refused" ? "Allow it in Access" : "Open in Access"}
              </Link>
            )}
          </p>
          <p className="text-ink-3 text-xs">By the policy in force now.</p>
        </div>
      </InspectorSection>
      <InspectorSection title="Ends">
        <Facts
          facts={[
            { name: "From", value: sourceWorkload ? <PageLink id={sourceWorkload} query={query} /> : "–" },
            { name: "As", value: <code className="font-mono text-xs">{sourceIdentity ?? "no certificate"}</code> },
            {
              name: "To",
              value: destinationService ? <PageLink id={serviceId(destinationService)} query={query} /> : "–",
            },
            {
              name: "Answered as",
              value: <code className="font-mono text-xs">{call.destinationIdentity ?? "–"}</code>,
            },
          ]}
        />
        {sourceWorkload && destinationService && (
          <p className="mt-2 text-sm">
            <Link
              className={LINK}
              href={`/graph${withParameters(query, { edge: `${sourceWorkload}>${serviceId(destinationService)}` })}`}
            >
              Show the edge in the graph
            </Link>
          </p>
        )}
      </InspectorSection>
      <InspectorSection title="As Envoy told it">
        <Facts facts={envoyFacts(call)} />
      </InspectorSection>
    </Inspector>
  );
}

function PageLink({ id, query }: { id: string; query: string }) {
  return (
    <Link href={pagePath(id, query)} className={LINK}>
      {shortName(id)}
    </Link>
  );
}

function envoyFacts(call: ToldCall) {
  const mono = (text: string | null) => <code className="wrap-anywhere font-mono text-xs">{text ?? "–"}</code>;
  return [
    {
      name: "When",
      value: (
        <>
          <ClockTime at={call.at} />, <RelativeTime at={call.at} />
        </>
      ),
    },
    {
      name: "Told by",
      value: `the ${call.side === "client" ? "caller's" : "called"} sidecar${call.pod ? `, ${call.pod}` : ""}`,
    },
    ...(call.path === null ? [] : [{ name: "Counted as", value: mono(pathTemplate(call.path)) }]),
    { name: "Details", value: mono(call.details) },
    ...call.flags.map((flag) => ({ name: `Flag ${flag}`, value: flagText(flag) ?? "not known here" })),
    { name: "Policy", value: mono(call.policy) },
  ];
}
