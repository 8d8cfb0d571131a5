"use client";
import { useState } from "react";
import { useProxyConfig } from "@/components/data/use-proxies";
import { CopyText } from "@/components/ui/copy-text";
import { Inspector, InspectorSection } from "@/components/ui/inspector";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusMark } from "@/components/ui/status-mark";
import { TextInput } from "@/components/ui/text-input";
import type { ProxyRow } from "@/lib/contract/proxies";
import { ConfigDiff } from "./config-diff";
import { ConfigTree } from "./config-tree";

interface ProxyInspectorProps {
  readonly proxy: ProxyRow;
  readonly others: readonly ProxyRow[];
  readonly onClose: () => void;
}

/** One sidecar: what it refused, what it is given, and what another one is given differently. */
export function ProxyInspector({ proxy, others, onClose }: ProxyInspectorProps) {
  const [find, setFind] = useState("");
  const [other, setOther] = useState("");
  const config = useProxyConfig(proxy.id);
  const compared = useProxyConfig(other === "" ? null : other);
  const refused = proxy.types.flatMap(({ type, nack }) => (nack ? [{ type, ...nack }] : []));
  const choices = [
    { value: "", label: "Compare with nothing" },
    ...others.map((one) => ({ value: one.id, label: `Compare with ${one.namespace}/${one.pod}` })),
  ];
  const error = config.error ?? compared.error;
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
      <InspectorSection title="Node id">
        <CopyText text={proxy.id} label="Copy the node id" />
      </InspectorSection>
      <InspectorSection title="What the controller gives to it">
        <div className="mb-2 flex flex-wrap gap-2">
          <TextInput
            aria-label="Find in the configuration"
            placeholder="Find in names and content"
            className="w-56!"
            value={find}
            onChange={setFind}
          />
          <Select aria-label="Compare with" options={choices} value={other} onChange={setOther} />
        </div>
        {error && (
          <p role="alert" className="text-sm">
            {error.message} <span className="text-ink-2">{error.hint}</span>
          </p>
        )}
        {!config.data && !config.error && <Skeleton className="h-40 w-full" />}
        {config.data && other === "" && <ConfigTree resources={config.data.resources} find={find} />}
        {config.data && compared.data && other !== "" && (
          <ConfigDiff left={config.data.resources} right={compared.data.resources} find={find} />
        )}
      </InspectorSection>
    </Inspector>
  );
}
