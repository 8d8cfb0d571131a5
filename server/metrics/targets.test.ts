import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { BOOKSTORE } from "@/test/support/bookstore-mesh";
import { prometheusConfig, targetFiles } from "./prometheus-config";
import { scrapeTargets } from "./targets";

const targets = scrapeTargets(BOOKSTORE.pods, "http://127.0.0.1:9091/metrics");

describe("scrapeTargets", () => {
  it("has every sidecar by the workload it belongs to, and the controller", () => {
    expect(targets).toHaveLength(7);
    expect(targets.find((target) => target.labels.source_pod_name === "bookstore-v1-0")).toEqual({
      id: "uid-bookstore-v1",
      url: "http://10.0.0.3:15010/stats/prometheus?usedonly",
      labels: {
        job: "sidecars",
        source_namespace: "bookstore",
        source_workload_kind: "deployment",
        source_workload_name: "bookstore-v1",
        source_pod_name: "bookstore-v1-0",
      },
    });
    expect(targets.find((target) => target.id === "controller")?.url).toBe("http://127.0.0.1:9091/metrics");
  });

  it("leaves out pods without a sidecar, without an address, and that have ended", () => {
    const [pod] = BOOKSTORE.pods;
    if (pod === undefined) throw new Error("no pod");
    const others = [
      { ...pod, metadata: { ...pod.metadata, labels: {} } },
      { ...pod, status: { phase: "Pending" } },
      { ...pod, status: { ...pod.status, phase: "Failed" } },
    ];
    expect(scrapeTargets(others, null)).toEqual([]);
  });
});

describe("Prometheus's configuration", () => {
  it("keeps what is read, asks Envoy for what was used, and takes targets from files", () => {
    const config = parse(
      prometheusConfig({ scrapeIntervalSeconds: 2, sidecarsFile: "s.json", controllerFile: "c.json" }),
    );
    expect(config.global).toEqual({ scrape_interval: "2s", scrape_timeout: "2s" });
    expect(config.scrape_configs[0]).toMatchObject({
      job_name: "sidecars",
      metrics_path: "/stats/prometheus",
      params: { usedonly: [""] },
      file_sd_configs: [{ files: ["s.json"] }],
    });
    expect(config.scrape_configs[1].metric_relabel_configs[0].regex).toContain("meshdeck_denied_requests_total");
  });

  it("writes a file for each job", () => {
    const files = targetFiles(targets);
    expect(JSON.parse(files.sidecars)).toHaveLength(6);
    expect(JSON.parse(files.sidecars)[0]).toEqual({
      targets: ["10.0.0.1:15010"],
      labels: {
        source_namespace: "bookbuyer",
        source_workload_kind: "deployment",
        source_workload_name: "bookbuyer",
        source_pod_name: "bookbuyer-0",
      },
    });
    expect(JSON.parse(files.controller)).toEqual([{ targets: ["127.0.0.1:9091"], labels: {} }]);
  });
});
