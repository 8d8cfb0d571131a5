import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/contract/errors";
import { readSettings } from "./settings";

describe("readSettings", () => {
  it("has OSM's names when nothing is set", () => {
    expect(readSettings({})).toMatchObject({
      meshName: "osm",
      controlNamespace: "osm-system",
      trustDomain: "cluster.local",
      controller: null,
      metrics: null,
    });
  });

  it("takes an empty variable as one that is not set", () => {
    expect(readSettings({ MESHDECK_METRICS_URL: "", MESHDECK_MESH_NAME: "" }).metrics).toBeNull();
  });

  it("reads hosts separated by commas", () => {
    const login = { MESHDECK_LOGIN: "token", MESHDECK_SESSION_KEY_FILE: "key" };
    expect(readSettings({ ...login, MESHDECK_ALLOWED_HOSTS: "mesh.example, deck.example" }).allowedHosts).toEqual([
      "mesh.example",
      "deck.example",
    ]);
  });

  it("reads namespaces to look into, of which there are none by default", () => {
    expect(readSettings({}).namespaces).toEqual([]);
    expect(readSettings({ MESHDECK_NAMESPACES: "shop,, till " }).namespaces).toEqual(["shop", "till"]);
  });

  it("names the variable that cannot be used", () => {
    expect(() => readSettings({ MESHDECK_METRICS_URL: "localhost" })).toThrow(
      'MESHDECK_METRICS_URL is "localhost": must be an http or https URL.',
    );
    expect(() => readSettings({ MESHDECK_METRICS_KIND: "influx" })).toThrow(/MESHDECK_METRICS_KIND is "influx"/);
  });

  it("reads how the metrics store is talked to", () => {
    const url = "https://mimir.example/prometheus";
    const files = { MESHDECK_METRICS_TOKEN_FILE: "package.json", MESHDECK_METRICS_CA_FILE: "package.json" };
    const headers = { MESHDECK_METRICS_HEADERS: "X-Scope-OrgID = team-a, X-Other=b=c" };
    expect(readSettings({ MESHDECK_METRICS_URL: url, ...files, ...headers }).metrics).toEqual({
      url,
      kind: "prometheus",
      access: {
        tokenFile: "package.json",
        basic: null,
        caFile: "package.json",
        client: null,
        serverName: null,
        headers: { "X-Scope-OrgID": "team-a", "X-Other": "b=c" },
      },
    });
  });

  it("reads a budget of queries", () => {
    expect(readSettings({ MESHDECK_QUERY_BUDGET: "120,20s" }).queryBudget).toEqual({
      queriesPerMinute: 120,
      secondsPerMinute: 20,
    });
  });

  const store = { MESHDECK_METRICS_URL: "https://prometheus.example" };
  it.each([
    [{ MESHDECK_QUERY_BUDGET: "lots" }, 'MESHDECK_QUERY_BUDGET is "lots": must be queries a minute'],
    [{ MESHDECK_TELEMETRY: "consul" }, 'MESHDECK_TELEMETRY is "consul": must be auto, meshdeck, osm, linkerd or istio'],
    [{ MESHDECK_METRICS_CA_FILE: "/no/such.pem" }, 'MESHDECK_METRICS_CA_FILE is "/no/such.pem": cannot be read'],
    [{ MESHDECK_METRICS_SERVER_NAME: "a b" }, 'MESHDECK_METRICS_SERVER_NAME is "a b": must be a DNS name'],
    [{ ...store, MESHDECK_METRICS_USERNAME: "u" }, "MESHDECK_METRICS_PASSWORD_FILE is not: set both or neither"],
    [{ ...store, MESHDECK_METRICS_KEY_FILE: "package.json" }, "MESHDECK_METRICS_CERT_FILE is not: set both or neither"],
    [
      {
        ...store,
        MESHDECK_METRICS_TOKEN_FILE: "package.json",
        MESHDECK_METRICS_USERNAME: "u",
        MESHDECK_METRICS_PASSWORD_FILE: "package.json",
      },
      "are both set",
    ],
    [{ MESHDECK_METRICS_URL: "http://p", MESHDECK_METRICS_CA_FILE: "package.json" }, "write https:"],
    [{ ...store, MESHDECK_METRICS_HEADERS: "Authorization=x" }, "use MESHDECK_METRICS_TOKEN_FILE"],
  ])("refuses %j with a sentence that says what to do", (env, message) => {
    expect(() => readSettings(env)).toThrow(message);
  });

  it.each([
    { MESHDECK_METRICS_URL: "https://u:hunter2@prometheus.example" },
    { MESHDECK_METRICS_URL: "ftp://u:hunter2@prometheus.example" },
    { MESHDECK_METRICS_URL: "https://prometheus.example?token=hunter2" },
    { ...store, MESHDECK_METRICS_HEADERS: "hunter2" },
    { ...store, MESHDECK_METRICS_HEADERS: "Authorization=hunter2" },
    { ...store, MESHDECK_METRICS_HEADERS: "X-Key=hunter2\n", MESHDECK_METRICS_USERNAME: "u" },
  ])("never repeats a secret: %#", (env) => {
    expect(() => readSettings(env)).toThrow(AppError);
    try {
      readSettings(env);
    } catch (error) {
      expect(String(error) + (error as AppError).hint).not.toContain("hunter2");
    }
  });
});
