"use client";
import { LogView } from "@/components/logs/log-view";
import { useUrlState } from "@/components/shell/url-state";
import type { ServiceDetail } from "@/lib/contract/services";
import { Nothing } from "./section";

/** The log of one of its pods, app and sidecar together. */
export function LogsTab({ detail: { pods } }: { detail: ServiceDetail }) {
  const { get, setUrl } = useUrlState();
  const asked = get("pod");
  const pod = pods.find(({ name }) => name === asked) ?? pods.find(({ ready }) => ready) ?? pods[0];
  if (!pod) {
    return (
      <div className="p-4">
        <Nothing>No pod stands behind it, so there is no log to read.</Nothing>
      </div>
    );
  }
  return <LogView key={pod.name} pod={pod} pods={pods} onPod={(name) => setUrl({ pod: name })} />;
}
