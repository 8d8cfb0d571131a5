import { describe, expect, it } from "vitest";
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
    expect(readSettings({ MESHDECK_ALLOWED_HOSTS: "mesh.example, deck.example" }).allowedHosts).toEqual([
      "mesh.example",
      "deck.example",
    ]);
  });

  it("names the variable that cannot be used", () => {
    expect(() => readSettings({ MESHDECK_METRICS_URL: "localhost" })).toThrow(
      'MESHDECK_METRICS_URL is "localhost": must be an http or https URL.',
    );
    expect(() => readSettings({ MESHDECK_METRICS_KIND: "influx" })).toThrow(/MESHDECK_METRICS_KIND is "influx"/);
  });
});
