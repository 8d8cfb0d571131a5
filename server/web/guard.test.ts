import { describe, expect, it } from "vitest";
import { refusal } from "./guard";

function ask(method: string, headers: Record<string, string>, path = "/api/splits") {
  return refusal({ method, path, headers: new Headers(headers) }, ["deck.example"])?.message ?? null;
}
const ours = { host: "127.0.0.1:8080", "x-meshdeck": "1" };

describe("refusal", () => {
  it("lets reads by loopback and configured names pass", () => {
    for (const host of ["localhost:8080", "127.0.0.1", "[::1]:8080", "deck.example", "DECK.example:443"]) {
      expect(ask("GET", { host })).toBeNull();
    }
  });

  it("refuses names it is not called by, so that a rebound name reads nothing", () => {
    expect(ask("GET", { host: "evil.example" })).toContain('"evil.example"');
    expect(ask("GET", {})).not.toBeNull();
    expect(ask("GET", { host: "10.0.0.7:8080" })).not.toBeNull();
  });

  it("answers probes and scrapers that come by address", () => {
    expect(ask("GET", { host: "10.0.0.7:8080" }, "/metrics")).toBeNull();
    expect(ask("GET", { host: "[fd00::7]:8080" }, "/api/health")).toBeNull();
    expect(ask("GET", { host: "evil.example" }, "/metrics")).not.toBeNull();
  });

  it("lets writes pass only with the header no form can send", () => {
    expect(ask("PUT", ours)).toBeNull();
    expect(ask("PUT", { host: ours.host })).toContain("x-meshdeck");
    expect(ask("DELETE", { host: ours.host, "x-meshdeck": "yes" })).toContain("x-meshdeck");
  });

  it("refuses reads that pages of other sites send, but lets a link lead here", () => {
    const host = ours.host;
    expect(ask("GET", { host, origin: "http://evil.example" }, "/api/stream")).toContain("http://evil.example");
    expect(ask("GET", { host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" })).not.toBeNull();
    expect(ask("GET", { host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" })).toBeNull();
    expect(ask("GET", { host, "sec-fetch-site": "same-origin", origin: "http://127.0.0.1:8080" })).toBeNull();
  });

  it("refuses writes of other sites", () => {
    expect(ask("POST", { ...ours, origin: "http://127.0.0.1:8080" })).toBeNull();
    expect(ask("POST", { ...ours, origin: "http://127.0.0.1:9090" })).toContain("http://127.0.0.1:9090");
    expect(ask("POST", { ...ours, origin: "null" })).not.toBeNull();
    expect(ask("POST", { ...ours, "sec-fetch-site": "cross-site" })).not.toBeNull();
    expect(ask("POST", { ...ours, "sec-fetch-site": "same-origin" })).toBeNull();
  });

  it("lets other sites show signed images, and nothing else of them", () => {
    const elsewhere = { host: "localhost", "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" };
    expect(ask("GET", elsewhere, "/api/embeds/a.b/image.png")).toBeNull();
    expect(ask("GET", elsewhere, "/api/embeds/a.b/image.svg")).toBeNull();
    expect(ask("GET", elsewhere, "/api/embeds/a.b/data")).not.toBeNull();
    expect(ask("GET", elsewhere, "/api/embeds/a.b/image.png/../data")).not.toBeNull();
    expect(ask("POST", elsewhere, "/api/embeds/a.b/image.png")).not.toBeNull();
    expect(ask("GET", { ...elsewhere, host: "evil.example" }, "/api/embeds/a.b/image.png")).not.toBeNull();
  });
});
