/** The one Node of local mode, so that clients that look a pod's node up find it. */
import os from "node:os";
import { AppError } from "@/lib/contract/errors";
import { type ClusterStore, NODES } from "../cluster";

export const NODE_NAME = "local";

/** `address`: where the API listens. Registers the Node or brings its status up to date. */
export async function registerNode(store: ClusterStore, facts: { address: string; version: string }): Promise<void> {
  const status = nodeStatus(facts, new Date().toISOString().replace(/\.\d+Z$/, "Z"));
  try {
    await store.create(NODES, {
      apiVersion: "v1",
      kind: "Node",
      metadata: {
        name: NODE_NAME,
        labels: {
          "kubernetes.io/hostname": NODE_NAME,
          "kubernetes.io/os": process.platform,
          "kubernetes.io/arch": process.arch === "x64" ? "amd64" : process.arch,
        },
      },
      spec: {},
    });
  } catch (error) {
    if (!(error instanceof AppError && error.code === "conflict")) throw error;
  }
  await store.merge(NODES, { name: NODE_NAME }, { status }, "status");
}

function nodeStatus({ address, version }: { address: string; version: string }, at: string) {
  const capacity = { cpu: String(os.cpus().length), memory: `${Math.floor(os.totalmem() / 1024)}Ki`, pods: "500" };
  return {
    capacity,
    allocatable: capacity,
    addresses: [
      { type: "InternalIP", address },
      { type: "Hostname", address: NODE_NAME },
    ],
    conditions: [
      {
        type: "Ready",
        status: "True",
        reason: "KubeletReady",
        message: "local mode runs pods as processes",
        lastHeartbeatTime: at,
        lastTransitionTime: at,
      },
    ],
    nodeInfo: {
      architecture: process.arch === "x64" ? "amd64" : process.arch,
      operatingSystem: process.platform,
      kernelVersion: os.release(),
      osImage: os.type(),
      kubeletVersion: `v${version}-meshdeck`,
      containerRuntimeVersion: "process://1",
      kubeProxyVersion: "",
      bootID: "",
      machineID: "",
      systemUUID: "",
    },
  };
}
