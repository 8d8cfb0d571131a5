import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createKubeApi, type KubeApi } from "./server";

const log = { info: () => undefined, warn: () => undefined };

describe("requests nobody can read", () => {
  let folder = "";
  let api: KubeApi;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "meshdeck-api-"));
    api = await createKubeApi({
      ...{ host: "127.0.0.1", port: 0, dataFolder: folder, token: "secret", crdFolder: "deploy/crds", tls: false },
      log,
      podLogs: async () => null,
    } as Parameters<typeof createKubeApi>[0]);
  });
  afterEach(async () => {
    await api.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(["/api/v1/%zz", "//", "/api/v1/namespaces/%E0%A4%A"])("answers %s with a 4xx and goes on", async (path) => {
    const status = await new Promise<number>((resolve, reject) => {
      request({ host: "127.0.0.1", port: api.port, path }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on("error", reject)
        .end();
    });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect((await fetch(`${api.url}/readyz`, { headers: { authorization: "Bearer secret" } })).status).toBe(200);
  });
});
