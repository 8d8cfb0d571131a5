/** The Kubernetes APIs the contract suite runs on: the embedded one always, a real one where there is one. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, test } from "vitest";
import { createKubeApi, type KubeApi, type KubeApiOptions } from "@/server/local/api/server";
import { type Api, connect } from "./kube-api-client";
import { accessOfKubeconfig, startRealApi } from "./kube-api-real";

/**
 * What not every API of the suite has:
 * - `collectors`: a namespace's end, owner references and default ServiceAccounts (a bare API server leaves them to its controller manager)
 * - `compaction`: old watch events are forgotten soon enough to see it happen
 * - `podLogs`: the suite writes the logs itself
 * - `noApply`: server-side apply is answered 415
 * - `loopbackHosts`: only loopback names are answered
 */
export type Capability = "collectors" | "compaction" | "podLogs" | "noApply" | "loopbackHosts";

export interface Running {
  readonly api: Api;
  readonly token: string;
  readonly url: string;
  readonly caPem: string;
  stop(): Promise<void>;
}

export interface Kind {
  readonly name: string;
  readonly capabilities: ReadonlySet<Capability>;
  start(): Promise<Running>;
}

/** An API of the test's own: it may be ended hard and started anew on the same data and address; what was open breaks. */
export interface OwnKind extends Kind {
  start(): Promise<Running & { restart(): Promise<void> }>;
}

export const TOKEN = "contract-token";
export const CRD_FOLDER = join(import.meta.dirname, "../../deploy/crds");
const quiet = { info: () => {}, warn: () => {} };

export function tempFolder(): string {
  return mkdtempSync(join(tmpdir(), "meshdeck-kube-api-"));
}

/** The embedded API on a folder of its own or a given one. */
export function startEmbedded(dataFolder: string, options: Partial<KubeApiOptions> = {}): Promise<KubeApi> {
  return createKubeApi({
    host: "127.0.0.1",
    port: 0,
    dataFolder,
    token: TOKEN,
    crdFolder: CRD_FOLDER,
    log: quiet,
    podLogs: sampleLogs,
    ...options,
  });
}

const LINES = ["one\n", "two\n", "three\n"];

/** Three lines; following goes on with a fourth; nothing ran before. */
const sampleLogs: KubeApiOptions["podLogs"] = (query) => {
  if (query.previous) return Promise.resolve(null);
  const shown = query.tailLines === undefined ? LINES : LINES.slice(Math.max(0, LINES.length - query.tailLines));
  if (!query.follow) return Promise.resolve(shown.join(""));
  return (async function* () {
    yield* shown;
    yield "four\n";
  })();
};

const EMBEDDED: OwnKind = {
  name: "embedded",
  capabilities: new Set(["collectors", "compaction", "podLogs", "noApply", "loopbackHosts"]),
  async start() {
    const folder = tempFolder();
    let kube = await startEmbedded(folder);
    const { url, port } = kube;
    const access = { url, caPem: kube.caPem ?? "", token: TOKEN };
    const api = connect(access);
    const restart = async () => {
      await kube.close();
      kube = await startEmbedded(folder, { port });
    };
    const stop = async () => {
      api.close();
      await kube.close();
      rmSync(folder, { recursive: true });
    };
    return { api, ...access, restart, stop };
  },
};

function kubeApiServer(assets: string): OwnKind {
  return {
    name: "kube-apiserver",
    capabilities: new Set(),
    async start() {
      const { access, restart, stop } = await startRealApi(assets, TOKEN);
      const api = connect(access);
      return {
        api,
        ...access,
        restart,
        async stop() {
          api.close();
          await stop();
        },
      };
    },
  };
}

function ofKubeconfig(path: string): Kind {
  const access = accessOfKubeconfig(readFileSync(path, "utf8"));
  return {
    name: "kubeconfig",
    capabilities: new Set(["collectors"]),
    async start() {
      const api = connect(access);
      return { api, ...access, stop: async () => api.close() };
    },
  };
}

/** The embedded one, and a real one where KUBEBUILDER_ASSETS names the folder of its programs. */
export function ownKinds(): OwnKind[] {
  const assets = process.env.KUBEBUILDER_ASSETS;
  return assets === undefined ? [EMBEDDED] : [EMBEDDED, kubeApiServer(assets)];
}

function kinds(): Kind[] {
  const kubeconfig = process.env.MESHDECK_CONTRACT_KUBECONFIG;
  return kubeconfig === undefined ? ownKinds() : [EMBEDDED, ofKubeconfig(kubeconfig)];
}

export interface Suite {
  readonly running: Running;
  readonly api: Api;
  /** A namespace nobody else has. */
  namespace(): Promise<string>;
  /** A test for APIs with that capability: on others it is not there at all. */
  having(capability: Capability): (name: string, body: () => Promise<void>) => void;
}

let namespaces = 0;

/** Describes `body` once per API there is. */
export function onEveryApi(title: string, body: (suite: Suite) => void): void {
  describe.each(kinds())(`${title} ($name)`, (kind) => {
    let running: Running | undefined;
    const present = (): Running => {
      if (running === undefined) throw new Error("the API has not been started");
      return running;
    };
    beforeAll(async () => {
      running = await kind.start();
    });
    afterAll(async () => running?.stop());
    body({
      get running() {
        return present();
      },
      get api() {
        return present().api;
      },
      async namespace() {
        namespaces += 1;
        const name = `contract-${process.pid}-${Date.now().toString(36)}-${namespaces}`;
        const made = await present().api.post("/api/v1/namespaces", { metadata: { name } });
        if (made.status !== 201) throw new Error(`no namespace ${name}: ${made.text}`);
        return name;
      },
      having: (capability) => (name, run) => {
        if (kind.capabilities.has(capability)) test(name, run);
      },
    });
  });
}

/** Asks until the answer will do. Rejects after `patienceMs` with the last one. */
export async function until<T>(ask: () => Promise<T>, willDo: (answer: T) => boolean, patienceMs = 10_000): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (willDo(answer)) return answer;
    if (Date.now() > end) throw new Error(`not within ${patienceMs} ms, at last: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
