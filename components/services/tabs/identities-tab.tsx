"use client";
import { Facts } from "@/components/graph/details/facts";
import { CopyText } from "@/components/ui/copy-text";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusMark } from "@/components/ui/status-mark";
import { useNow } from "@/components/ui/use-now";
import type { Certificate } from "@/lib/contract/admin";
import type { ServiceDetail, ServiceIdentity } from "@/lib/contract/services";
import { Nothing, Section } from "./section";

/** As whom it is known to others, and by which certificate. */
export function IdentitiesTab({ detail }: { detail: ServiceDetail }) {
  const silent = detail.partial.some(({ part }) => part === "controller");
  return (
    <>
      {detail.identities.length === 0 && (
        <Nothing>No pod with a sidecar stands behind it, so it has no identity in the mesh.</Nothing>
      )}
      {detail.identities.map((identity) => (
        <Section key={identity.key} title={identity.key} note="ServiceAccount">
          <Identity identity={identity} silent={silent} />
        </Section>
      ))}
      {detail.root && (
        <Section title="Root certificate" note="what signs them all">
          <Validity certificate={detail.root} />
        </Section>
      )}
    </>
  );
}

function Identity({ identity, silent }: { identity: ServiceIdentity; silent: boolean }) {
  return (
    <div className="flex flex-col gap-2 rounded-lg border border-line p-4">
      <CopyText text={identity.spiffeId} label={`Copy the identity of ${identity.key}`} />
      {identity.certificate ? (
        <Validity certificate={identity.certificate} />
      ) : (
        <Nothing>
          {silent
            ? "The controller does not answer: its certificate is not known here. Sidecars keep the one they have."
            : "No certificate was issued yet: one is when the first sidecar connects."}
        </Nothing>
      )}
    </div>
  );
}

/** Certificates are renewed at two thirds of their life; one in its last tenth was not. */
const LAST_PART = 0.1;

function Validity({ certificate }: { certificate: Certificate }) {
  const now = useNow();
  const from = Date.parse(certificate.notBefore);
  const until = Date.parse(certificate.notAfter);
  const late = now > 0 && until - now < (until - from) * LAST_PART;
  return (
    <Facts
      facts={[
        {
          name: "Valid until",
          value: (
            <span className="inline-flex items-center gap-1.5">
              {late && <StatusMark status={until < now ? "failing" : "degraded"} label="It should have been renewed" />}
              <RelativeTime at={until} />
              <span className="text-ink-3 text-xs">{certificate.notAfter}</span>
            </span>
          ),
        },
        { name: "Issued", value: <RelativeTime at={from} /> },
        { name: "Issuer", value: certificate.issuer },
        { name: "Provider", value: certificate.provider },
        { name: "Serial", value: <code className="font-mono text-xs">{certificate.serial}</code> },
      ]}
    />
  );
}
