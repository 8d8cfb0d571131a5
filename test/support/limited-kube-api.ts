/** A Kubernetes API as a user with few rights sees it: before a real one, it refuses what the user may not and says so. */
import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { parse, stringify } from "yaml";

export interface UserRights {
  /** Plurals that may be listed and watched in the whole cluster. */
  readonly everywhere: readonly string[];
  /** Namespaces in which everything may be listed and watched. */
  readonly namespaces: readonly string[];
}

export interface LimitedKubeApi {
  /** The kubeconfig given, but for the address. */
  readonly kubeconfig: string;
  /** Paths that were refused. */
  readonly refused: string[];
  close(): Promise<void>;
}

const REVIEW = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";

/** `kubeconfig` of the API behind it, YAML. */
export async function limitKubeApi(kubeconfig: string, rights: UserRights): Promise<LimitedKubeApi> {
  const config = parse(kubeconfig) as { clusters: { cluster: { server: string } }[] };
  const cluster = config.clusters[0]?.cluster;
  if (!cluster) throw new Error("the kubeconfig has no cluster");
  const target = cluster.server;
  const refused: string[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const { pathname } = new URL(incoming.url ?? "/", target);
    const say = (status: number, body: unknown) => {
      outgoing.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    if (pathname === REVIEW) {
      const { spec } = JSON.parse(await text(incoming)) as { spec: { namespace: string } };
      const all = { verbs: ["*"], apiGroups: ["*"], resources: ["*"] };
      const resourceRules = rights.namespaces.includes(spec.namespace) ? [all] : [];
      return say(201, {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SelfSubjectRulesReview",
        status: { resourceRules },
      });
    }
    const what = asked(pathname);
    const allowed =
      what === null ||
      (what.namespace ? rights.namespaces.includes(what.namespace) : rights.everywhere.includes(what.plural));
    if (!allowed) {
      refused.push(pathname);
      const message = `${what.plural} is forbidden: User "ada" cannot list resource "${what.plural}"`;
      return say(403, { kind: "Status", apiVersion: "v1", status: "Failure", reason: "Forbidden", code: 403, message });
    }
    const sent = request(new URL(incoming.url ?? "/", target), { method: incoming.method, headers: incoming.headers });
    sent.on("response", (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    sent.on("error", () => outgoing.destroy());
    outgoing.on("close", () => sent.destroy());
    incoming.pipe(sent);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  cluster.server = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    kubeconfig: stringify(config),
    refused,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The kind a path lists, and where; null for what is not about objects (discovery, versions). */
function asked(pathname: string): { readonly plural: string; readonly namespace: string | null } | null {
  const parts = pathname.split("/").filter(Boolean);
  const rest = parts[0] === "api" ? parts.slice(2) : parts[0] === "apis" ? parts.slice(3) : [];
  const [first, namespace, plural] = rest;
  if (first === undefined) return null;
  if (first === "namespaces" && namespace !== undefined && plural !== undefined) return { plural, namespace };
  return { plural: first, namespace: null };
}

async function text(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
