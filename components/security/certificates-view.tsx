"use client";
import { useUrlSort } from "@/components/shell/url-sort";
import { useUrlState } from "@/components/shell/url-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { StatusMark } from "@/components/ui/status-mark";
import { type Column, Table } from "@/components/ui/table";
import { useNow } from "@/components/ui/use-now";
import type { SecurityCertificate } from "@/lib/contract/security";
import { CERTIFICATE_REMEDY, certificateState } from "./certificate-state";
import { ExpiryStrip } from "./expiry-strip";
import { inScope, type RowFilter } from "./in-scope";

const KINDS = [
  { value: "", label: "Every certificate" },
  { value: "workload", label: "Workloads, to each other" },
  { value: "proxy", label: "Sidecars, to the controller" },
  { value: "controller", label: "The controller's own" },
  { value: "root", label: "Root" },
] as const;

const KIND_TEXT: Readonly<Record<SecurityCertificate["kind"], string>> = {
  workload: "workload",
  proxy: "sidecar",
  controller: "controller",
  root: "root",
};

const mono = (text: string) => <code className="font-mono text-xs">{text}</code>;

const COLUMNS: readonly Column<SecurityCertificate>[] = [
  { id: "identity", header: "Identity", cell: ({ identity }) => identity, sortBy: ({ identity }) => identity },
  {
    id: "ends",
    header: "Ends",
    cell: (certificate) => <Ends certificate={certificate} />,
    sortBy: ({ notAfter }) => Date.parse(notAfter),
  },
  { id: "kind", header: "Of", cell: ({ kind }) => KIND_TEXT[kind], sortBy: ({ kind }) => KIND_TEXT[kind] },
  { id: "shown", header: "Shown by", cell: ({ shownBy }) => shownBy, sortBy: ({ shownBy }) => shownBy },
  { id: "uri", header: "SPIFFE id", cell: ({ uris }) => mono(uris.join(", ") || "–") },
  {
    id: "began",
    header: "Issued",
    cell: ({ notBefore }) => <RelativeTime at={notBefore} />,
    sortBy: ({ notBefore }) => Date.parse(notBefore),
  },
  { id: "serial", header: "Serial", cell: ({ serial }) => mono(serial) },
  { id: "issuer", header: "Issuer", cell: ({ issuer }) => issuer, sortBy: ({ issuer }) => issuer },
  { id: "provider", header: "Provider", cell: ({ provider }) => provider, sortBy: ({ provider }) => provider },
];

/** Every certificate by when it ends. `?of=` keeps one kind. */
export function CertificatesView({
  certificates,
  filter,
}: {
  certificates: readonly SecurityCertificate[];
  filter: RowFilter;
}) {
  const { get, setUrl } = useUrlState();
  const sorting = useUrlSort({ column: "ends", descending: false });
  const kind = KINDS.find(({ value }) => value === get("of"))?.value ?? "";
  // The root and the controller's own belong to every namespace.
  const shown = certificates.filter(
    (one) =>
      (kind === "" || one.kind === kind) &&
      inScope(one.kind === "root" || one.kind === "controller" ? { ...filter, scope: null } : filter, [
        one.identity,
        one.serial,
        one.subject,
      ]),
  );
  return (
    <>
      <ExpiryStrip certificates={shown} />
      <Select
        small
        className="self-start"
        aria-label="Kind of certificate"
        value={kind}
        options={KINDS}
        onChange={(next) => setUrl({ of: next === "" ? null : next })}
      />
      <div className="overflow-hidden rounded-lg border border-line">
        <Table
          label="Certificates"
          columns={COLUMNS}
          rows={shown}
          rowKey={({ id }) => id}
          {...sorting}
          empty={
            <p className="px-3 py-4 text-ink-3 text-sm">
              No certificate is named so, or the controller has not told of any.
            </p>
          }
        />
      </div>
    </>
  );
}

function Ends({ certificate }: { certificate: SecurityCertificate }) {
  const now = useNow();
  const state = now === 0 ? "good" : certificateState(certificate, now);
  return (
    <span className="inline-flex items-center gap-1.5" title={CERTIFICATE_REMEDY[state] || undefined}>
      {state !== "good" && (
        <StatusMark status={state === "late" ? "degraded" : "failing"} label={CERTIFICATE_REMEDY[state]} />
      )}
      <RelativeTime at={certificate.notAfter} />
    </span>
  );
}
