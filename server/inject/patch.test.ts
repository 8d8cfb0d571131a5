import { describe, expect, it } from "vitest";
import { METRICS_ANNOTATION } from "@/lib/kube/names";
import type { Namespace, Pod } from "@/lib/kube/objects";
import { injectionPatch } from "./patch";

const settings = { image: "envoyproxy/envoy:v1.40.0", logLevel: "error", resources: null };
const namespace: Namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "bookstore" } };

function inject(pod: Pod, within = namespace): Pod {
  const result = structuredClone(pod) as unknown as Record<string, Record<string, unknown>>;
  for (const operation of injectionPatch({ pod, namespace: within, proxyId: "id-1", settings })) {
    const [, object = "", member = ""] = operation.path.split("/");
    result[object] = { ...result[object], [member]: operation.value };
  }
  return result as unknown as Pod;
}

function pod(spec: object = {}, metadata: object = {}): Pod {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "a", ...metadata },
    spec: {
      serviceAccountName: "bookstore-v1",
      containers: [{ name: "app", env: [{ name: "PORT", value: "1" }] }],
      ...spec,
    },
  };
}

describe("injectionPatch", () => {
  it("puts a native sidecar before everything else, with its files and its id", () => {
    const meshed = inject(
      pod({ initContainers: [{ name: "migrate" }], volumes: [{ name: "data" }] }, { labels: { app: "x" } }),
    );
    expect(meshed.metadata.labels).toEqual({ app: "x", "osm-proxy-uuid": "id-1" });
    expect(meshed.metadata.annotations).toEqual({ "meshdeck.io/loopback": "127.0.0.1" });
    expect(meshed.spec?.initContainers?.map((container) => container.name)).toEqual(["envoy", "migrate"]);
    expect(meshed.spec?.initContainers?.[0]).toMatchObject({
      restartPolicy: "Always",
      image: settings.image,
      workingDir: "/etc/meshdeck/bootstrap",
      startupProbe: { httpGet: { path: "/ready", port: 15010 } },
      securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false },
    });
    expect(meshed.spec?.volumes).toEqual([
      { name: "data" },
      { name: "meshdeck-bootstrap", secret: { secretName: "meshdeck-bootstrap-bookstore-v1" } },
    ]);
  });

  it("tells applications their address and proxy, after which their own variables follow", () => {
    const env = inject(pod()).spec?.containers[0]?.env as { name: string; value?: string }[];
    expect(env.map((variable) => variable.name)).toEqual([
      "MESHDECK_BIND_HOST",
      "HTTP_PROXY",
      "http_proxy",
      "NO_PROXY",
      "no_proxy",
      "PORT",
    ]);
    expect(env[1]?.value).toBe("http://$(MESHDECK_BIND_HOST):15001");
    const own = [{ name: "HTTP_PROXY", value: "http://mine:1" }];
    const kept = inject(pod({ containers: [{ name: "app", env: own }] })).spec?.containers[0]?.env as {
      name: string;
      value?: string;
    }[];
    expect(kept.filter((variable) => variable.name === "HTTP_PROXY")).toEqual(own);
  });

  it("keeps the loopback and scrape annotations a pod brings", () => {
    const scraped = { ...namespace, metadata: { name: "bookstore", annotations: { [METRICS_ANNOTATION]: "enabled" } } };
    const brought = { "meshdeck.io/loopback": "127.100.0.1", "prometheus.io/port": "9000" };
    expect(inject(pod({}, { annotations: brought }), scraped).metadata.annotations).toEqual({
      ...brought,
      "prometheus.io/scrape": "true",
      "prometheus.io/path": "/stats/prometheus",
    });
  });

  it("changes nothing the second time", () => {
    const once = inject(pod());
    expect(injectionPatch({ pod: once, namespace, proxyId: "id-2", settings })).toEqual([]);
  });

  it("takes the default ServiceAccount when the pod names none", () => {
    const bare: Pod = { ...pod(), spec: { containers: [] } };
    expect(inject(bare).spec?.volumes).toMatchObject([{ secret: { secretName: "meshdeck-bootstrap-default" } }]);
  });
});
