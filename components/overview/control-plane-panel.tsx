import Link from "next/link";
import type { ReactNode } from "react";
import { usePageLink } from "@/components/shell/page-link";
import { useInstant } from "@/components/shell/scope";
import { RelativeTime } from "@/components/ui/relative-time";
import { type Status, StatusMark } from "@/components/ui/status-mark";
import type { Overview } from "@/lib/contract/overview";
import { Panel } from "./panel";

/** A certificate is renewed at two thirds of its life: one that ends so soon was not. */
const SOON_MS = 3600_000;

/** The controller, its sidecars, certificates and what is wrong with objects. */
export function ControlPlanePanel({ overview }: { overview: Overview }) {
  const link = usePageLink();
  const past = useInstant() !== null;
  const { control, problems, at } = overview;
  return (
    <Panel title="Control plane" more={{ href: link("/proxies"), label: "All sidecars" }}>
      {control === null && (
        <p className="px-3 pt-2 text-ink-2 text-sm">
          {past
            ? "What the controller knew then is not kept."
            : "The controller does not answer; sidecars keep what they have."}
        </p>
      )}
      <dl className="py-1 text-sm">
        {control !== null && <ControllerFacts control={control} at={at} />}
        <Fact
          name="Problems"
          href={link("/graph", { find: "problem" })}
          status={problems.errors > 0 ? "failing" : problems.warnings > 0 ? "degraded" : "healthy"}
        >
          {problems.errors + problems.warnings === 0
            ? "none"
            : `${problems.errors} ${problems.errors === 1 ? "error" : "errors"}, ${problems.warnings} ${problems.warnings === 1 ? "warning" : "warnings"}`}
        </Fact>
      </dl>
    </Panel>
  );
}

function ControllerFacts({ control, at }: { control: NonNullable<Overview["control"]>; at: number }) {
  const link = usePageLink();
  const { proxies, replicas, nextExpiry, root } = control;
  const soon = nextExpiry !== null && Date.parse(nextExpiry.notAfter) - at < SOON_MS;
  const few = replicas !== null && replicas.ready < replicas.total;
  return (
    <>
      <Fact name="Controller" href={link("/settings")} status={control.ready && !few ? "healthy" : "degraded"}>
        {replicas === null ? "" : `${replicas.ready} of ${replicas.total} replicas, `}
        {control.ready ? (control.leader ? "leads" : "ready, another leads") : "not ready"}, {control.version}
      </Fact>
      <Fact
        name="Sidecars in step"
        href={link("/proxies")}
        status={proxies.synced < proxies.connected || proxies.missing > 0 ? "degraded" : "healthy"}
      >
        {proxies.synced} of {proxies.connected + proxies.missing}
        {proxies.missing > 0 && `, ${proxies.missing} not connected`}
      </Fact>
      <Fact name="Refusing configuration" href={link("/proxies")} status={proxies.refusing > 0 ? "failing" : "healthy"}>
        {proxies.refusing === 0 ? "none" : proxies.refusing}
      </Fact>
      {nextExpiry && (
        <Fact
          name="Next certificate ends"
          href={link("/security", { view: "workloads", find: nextExpiry.identity.split("/")[1] ?? "" })}
          status={soon ? "degraded" : "healthy"}
        >
          <RelativeTime at={nextExpiry.notAfter} /> ({nextExpiry.identity.split("/")[1]})
        </Fact>
      )}
      {root && (
        <Fact name="Root certificate ends" href={link("/security")} status="healthy">
          <RelativeTime at={root.notAfter} />
        </Fact>
      )}
    </>
  );
}

interface FactProps {
  name: string;
  href: string;
  status: Status;
  children: ReactNode;
}

function Fact({ name, href, status, children }: FactProps) {
  return (
    <div className="flex min-h-7 items-center justify-between gap-3 px-3">
      <dt className="shrink-0 text-ink-3">{name}</dt>
      <dd className="min-w-0">
        <Link href={href} className="flex items-center gap-1.5 hover:underline">
          <StatusMark status={status} label={status} />
          <span className="truncate">{children}</span>
        </Link>
      </dd>
    </div>
  );
}
