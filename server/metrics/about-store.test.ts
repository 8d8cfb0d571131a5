import { createServer, type Server } from "node:http";
import { afterEach, expect, it } from "vitest";
import { listen } from "@/server/platform/listen";
import { askAbout } from "./about-store";
import { OPEN_ACCESS, openDoor } from "./access";

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Answers what `said` has for the last part of the path; 404 for the rest. */
async function about(said: Readonly<Record<string, unknown>>) {
  const asked: string[] = [];
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const answer = said[request.url?.split("/").at(-1) ?? ""];
    response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify({ status: "success", data: answer }));
  });
  const port = await listen(server, { host: "127.0.0.1", port: 0, what: "test store" });
  const door = openDoor(OPEN_ACCESS);
  return { asked, found: await askAbout({ url: `http://127.0.0.1:${port}/prom/`, door, timeoutMs: 2_000 }) };
}

it("reads what Prometheus says of itself", async () => {
  const { asked, found } = await about({
    buildinfo: { version: "2.42.0", revision: "x" },
    runtimeinfo: { storageRetention: "15d" },
  });
  expect(found).toEqual({ application: null, version: "2.42.0", retention: "15d" });
  expect([...asked].sort()).toEqual(["GET /prom/api/v1/status/buildinfo", "GET /prom/api/v1/status/runtimeinfo"]);
});

it("names the application where it does, and says nothing of what is not said", async () => {
  const { found } = await about({ buildinfo: { application: "Grafana Mimir", version: "2.17.1" } });
  expect(found).toEqual({ application: "Grafana Mimir", version: "2.17.1", retention: null });
  expect((await about({ buildinfo: "other" })).found).toEqual({ application: null, version: null, retention: null });
});
