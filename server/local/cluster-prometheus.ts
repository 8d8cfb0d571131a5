/** A Prometheus inside of a cluster, found by what it is usually called, and reached by the API server's service proxy. */
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { AppError } from "@/lib/contract/errors";
import type { Service } from "@/lib/kube/objects";
import type { KubeClient } from "@/server/kube/client";
import { SERVICES } from "@/server/kube/resource";

export interface ServicePlace {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

type Reader = Pick<KubeClient, "find" | "list" | "text">;

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
export async function findPrometheusService(client: Reader, controlNamespace: string): Promise<ServicePlace | null> {
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

const QUESTIONS = new Set(["query", "query_range"]);

/** Passes the two questions the dashboard asks on, with the user's rights; under `/SECRET` only, on loopback. */
export async function forwardPrometheus(
  client: Reader,
  { namespace, name, port }: ServicePlace,
  secret: string,
): Promise<{ readonly url: string; readonly close: () => void }> {
  const base = `/api/v1/namespaces/${namespace}/services/${name}:${port}/proxy/api/v1`;
  const server = createServer(async (request, response) => {
    const asked = (request.url ?? "").slice(`/${secret}/api/v1/`.length);
    if (!request.url?.startsWith(`/${secret}/`) || !QUESTIONS.has(asked)) {
      response.writeHead(404).end();
      return;
    }
    const { status, body } = await answer(client, `${base}/${asked}`, request);
    response.writeHead(status, { "content-type": "application/json" }).end(body);
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

async function answer(
  client: Reader,
  path: string,
  request: IncomingMessage,
): Promise<{ status: number; body: string }> {
  const gone = new AbortController();
  request.on("close", () => request.destroyed && !request.complete && gone.abort());
  try {
    const form = new URLSearchParams(await text(request));
    return { status: 200, body: await client.text(`${path}?${form}`, { signal: gone.signal }) };
  } catch (error) {
    // As Prometheus says that it cannot answer.
    const why = error instanceof AppError ? error.message : String(error);
    return { status: 503, body: JSON.stringify({ status: "error", errorType: "unavailable", error: why }) };
  }
}
