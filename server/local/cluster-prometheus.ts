/** A Prometheus inside of a cluster, found by what it is usually called, and reached by the API server's service proxy. */
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { AppError } from "@/lib/contract/errors";
import type { Service } from "@/lib/kube/objects";
import type { KubeClient, ServicePort } from "@/server/kube/client";
import { SERVICES } from "@/server/kube/resource";

type Reader = Pick<KubeClient, "find" | "list">;

/** As OSM, Istio, Linkerd, the Prometheus operator and Helm's chart install it. */
function usual(controlNamespace: string): readonly (readonly [string, string])[] {
  return [
    [controlNamespace, "osm-prometheus"],
    [controlNamespace, "prometheus"],
    ["istio-system", "prometheus"],
    ["linkerd-viz", "prometheus"],
    ["monitoring", "prometheus-k8s"],
    ["monitoring", "prometheus-operated"],
    ["monitoring", "prometheus-server"],
    ["prometheus", "prometheus-server"],
  ];
}

/** null when there is none that may be seen. Never rejects. */
export async function findPrometheusService(client: Reader, controlNamespace: string): Promise<ServicePort | null> {
  const named = usual(controlNamespace).map(([namespace, name]) =>
    client.find(SERVICES, { namespace, name }, AbortSignal.timeout(3_000)).catch(() => null),
  );
  const labelled = client
    .list(SERVICES, { labelSelector: "app.kubernetes.io/name=prometheus", signal: AbortSignal.timeout(3_000) })
    .then(({ items }) => items)
    .catch(() => []);
  const services = [...(await Promise.all(named)), ...(await labelled)].filter((service) => service !== null);
  for (const service of services as Service[]) {
    const ports = service.spec?.ports ?? [];
    const port = ports.find(({ name }) => name === "http" || name === "web" || name === "http-web") ?? ports[0];
    const { namespace, name } = service.metadata;
    if (port && namespace) return { namespace, name, port: port.port };
  }
  return null;
}

/** By POST what is asked for figures, by GET what a store says of itself. */
const QUESTIONS = new Set(["POST query", "POST query_range", "GET status/buildinfo", "GET status/runtimeinfo"]);

/** Passes the questions the dashboard asks on, with the user's rights; under `/SECRET` only, on loopback. */
export async function forwardPrometheus(
  client: Pick<KubeClient, "proxied">,
  service: ServicePort,
  secret: string,
): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer((request, response) => {
    const asked = (request.url ?? "").slice(`/${secret}/api/v1/`.length);
    if (!request.url?.startsWith(`/${secret}/`) || !QUESTIONS.has(`${request.method} ${asked}`)) {
      response.writeHead(404).end();
      return;
    }
    // Whoever asked went away: the store need not go on.
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    void answer(client, service, { asked, request, signal: gone.signal }).then(({ status, body }) => {
      response.writeHead(status, { "content-type": "application/json" });
      pipeline(body, response, () => undefined);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${secret}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

interface Question {
  readonly asked: string;
  readonly request: IncomingMessage;
  readonly signal: AbortSignal;
}

/** Never rejects. */
async function answer(
  client: Pick<KubeClient, "proxied">,
  service: ServicePort,
  { asked, request, signal }: Question,
): Promise<{ readonly status: number; readonly body: Readable }> {
  try {
    const query = new URLSearchParams(await text(request));
    return await client.proxied(service, `/api/v1/${asked}`, { query, signal });
  } catch (error) {
    // As Prometheus says that it cannot answer.
    const why = (error instanceof AppError ? error.message : String(error)).replace(/\.$/, "");
    const said = JSON.stringify({ status: "error", errorType: "unavailable", error: why });
    return { status: 503, body: Readable.from([said]) };
  }
}
