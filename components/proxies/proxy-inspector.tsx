"use client";
import { useProxyConfig } from "@/components/data/use-proxies";
import { useUrlState } from "@/components/shell/url-state";
import { CopyText } from "@/components/ui/copy-text";
import { Inspector, InspectorSection } from "@/components/ui/inspector";
import { RelativeTime } from "@/components/ui/relative-time";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusMark } from "@/components/ui/status-mark";
import { TextInput } from "@/components/ui/text-input";
import type { ProxyRow } from "@/lib/contract/proxies";
import { ConfigDiff } from "./config-diff";
import { ConfigTree } from "./config-tree";
import { SentAndHas } from "./sent-and-has";

interface ProxyInspectorProps {
  readonly proxy: ProxyRow;
  readonly others: readonly ProxyRow[];
  readonly onClose: () => void;
}

const VIEWS = [
  { value: "given", label: "Given" },
  { value: "has", label: "Given and had" },
  { value: "with", label: "Another sidecar" },
] as const;
type View = (typeof VIEWS)[number]["value"];

/** One sidecar: what it refused, what it is given, what its Envoy has of that, and what another one is given differently. */
export function ProxyInspector({ proxy, others, onClose }: ProxyInspectorProps) {
  const refused = proxy.types.flatMap(({ type, nack }) => (nack ? [{ type, ...nack }] : []));
  return (
    <Inspector title={`${proxy.namespace}/${proxy.pod}`} label="Sidecar" onClose={onClose} wide>
      {refused.length > 0 && (
        <InspectorSection title="Refused">
          {refused.map((nack) => (
            <p key={nack.type} className="wrap-anywhere flex items-start gap-2 text-sm">
              <span className="mt-0.5">
                <StatusMark status="failing" label="Refused" />
              </span>
              <span>
                {nack.type}, <RelativeTime at={nack.at} />: <code className="font-mono text-xs">{nack.message}</code>
                <span className="text-ink-2"> It keeps what it had before.</span>
              </span>
            </p>
          ))}
        </InspectorSection>
      )}
      <InspectorSection title="Sidecar">
        <ProxyFacts proxy={proxy} />
      </InspectorSection>
      <InspectorSection title="Configuration">
        <Configuration proxy={proxy} others={others} />
      </InspectorSection>
    </Inspector>
  );
}

/** `?look=`, `?search=`, `?resource=` and `?with=` are what is looked at of it. */
function Configuration({ proxy, others }: Omit<ProxyInspectorProps, "onClose">) {
  const { get, setUrl } = useUrlState();
  const find = get("search") ?? "";
  const view = VIEWS.find(({ value }) => value === get("look"))?.value ?? "given";
  const other = others.find(({ id }) => id === get("with"))?.id ?? "";
  const config = useProxyConfig(proxy.id);
  const compared = useProxyConfig(view === "with" && other !== "" ? other : null);
  const choices = [
    { value: "", label: "Choose a sidecar" },
    ...others.map((one) => ({ value: one.id, label: `${one.namespace}/${one.pod}` })),
  ];
  const error = config.error ?? compared.error;
  return (
    <>
      <div className="mb-2 flex flex-wrap gap-2">
        <Segmented<View>
          label="What to look at"
          options={VIEWS}
          value={view}
          onChange={(next) => setUrl({ look: next === "given" ? null : next })}
        />
        <TextInput
          aria-label="Find in the configuration"
          placeholder="Find in names and content"
          className="w-56!"
          value={find}
          onChange={(text) => setUrl({ search: text === "" ? null : text })}
        />
        {view === "with" && (
          <Select
            aria-label="Compare with"
            options={choices}
            value={other}
            onChange={(id) => setUrl({ with: id === "" ? null : id })}
          />
        )}
      </div>
      {error && (
        <p role="alert" className="text-sm">
          {error.message} <span className="text-ink-2">{error.hint}</span>
        </p>
      )}
      {!config.data && !config.error && <Skeleton className="h-40 w-full" />}
      {config.data && view === "given" && (
        <ConfigTree
          resources={config.data.resources}
          find={find}
          opened={get("resource")}
          onOpen={(resource) => setUrl({ resource })}
        />
      )}
      {config.data && view === "has" && <SentAndHas config={config.data} find={find} />}
      {config.data && view === "with" && other === "" && (
        <p className="text-ink-3 text-sm">Choose one to see what it is given differently.</p>
      )}
      {config.data && compared.data && view === "with" && other !== "" && (
        <ConfigDiff left={config.data.resources} right={compared.data.resources} find={find} />
      )}
    </>
  );
}

function ProxyFacts({ proxy }: { proxy: ProxyRow }) {
  const { certificate, clientCertificate, connectedAt, envoyVersion, identity, id } = proxy;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
      <dt className="text-ink-3">Node id</dt>
      <dd>
        <CopyText text={id} label="Copy the node id" />
      </dd>
      <dt className="text-ink-3">Runs as</dt>
      <dd className="wrap-anywhere">{identity}</dd>
      <dt className="text-ink-3">Envoy</dt>
      <dd>
        {envoyVersion ?? "–"}, connected <RelativeTime at={connectedAt} />
      </dd>
      <dt className="text-ink-3">To other sidecars</dt>
      <dd>{certificate ? <CertificateFacts certificate={certificate} /> : "no certificate issued yet"}</dd>
      <dt className="text-ink-3">To the controller</dt>
      <dd>{clientCertificate ? <CertificateFacts certificate={clientCertificate} /> : "–"}</dd>
    </dl>
  );
}

function CertificateFacts({
  certificate: { serial, notAfter },
}: {
  certificate: NonNullable<ProxyRow["certificate"]>;
}) {
  return (
    <>
      <code className="wrap-anywhere font-mono text-xs">{serial}</code>, ends <RelativeTime at={notAfter} />
    </>
  );
}
