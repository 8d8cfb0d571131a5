/** The dashboard asked over a network, which its connections alone tell from loopback: in a network of the test's own. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DASHBOARD_IS_BUILT, startDashboardIn } from "../support/dashboard";
import { OWN_NETWORK_CAN_BE_HAD, type OwnNetwork, startOwnNetwork } from "../support/own-network";

describe.skipIf(!DASHBOARD_IS_BUILT || !OWN_NETWORK_CAN_BE_HAD)("a dashboard on a network", () => {
  let folder: string;
  let network: OwnNetwork;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "meshdeck-afar-"));
    network = await startOwnNetwork();
  });
  afterAll(async () => {
    await network?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** `work` is told how to ask over loopback and from afar. */
  async function withDashboard(
    env: Readonly<Record<string, string>>,
    work: (urls: { readonly near: string; readonly far: string }) => Promise<void>,
  ): Promise<void> {
    const web = await startDashboardIn(network, { MESHDECK_KUBECONFIG: join(folder, "none"), ...env });
    try {
      await work({ near: `http://127.0.0.1:${web.port}`, far: `http://${network.address}:${web.port}` });
    } finally {
      await web.stop();
    }
  }

  it("that nobody signs in to answers its own machine, and others only what is for everybody, by whatever name they call it", async () => {
    await withDashboard({}, async ({ near, far }) => {
      for (const path of ["/api/topology", "/api/smi/trafficsplits", "/api/stream?topology=30s"]) {
        const asked = [near, far].map((url) => network.ask({ url: url + path, headers: { host: "localhost" } }));
        expect([path, ...(await Promise.all(asked)).map(({ status }) => status)]).toEqual([path, 200, 403]);
      }
      // Compressed for who is far away, as it is for its own machine.
      const headers = { "accept-encoding": "gzip" };
      const asked = [near, far].map((url) => network.ask({ url: `${url}/metrics`, headers }));
      expect(
        (await Promise.all(asked)).map(({ status, headers: heard }) => [status, heard["content-encoding"]]),
      ).toEqual([
        [200, undefined],
        [200, "gzip"],
      ]);
    });
  });

  it.each([
    ["whatever it says of itself", {}, 10],
    ["and of each that a named proxy names", { MESHDECK_TRUSTED_PROXIES: "192.0.2.0/24" }, 12],
  ])("takes ten attempts to sign in a minute of one address, %s", async (_, trusted, answered) => {
    const key = join(folder, "key");
    writeFileSync(key, randomBytes(48).toString("base64"));
    const env = { MESHDECK_LOGIN: "token", MESHDECK_SESSION_KEY_FILE: key, MESHDECK_ALLOWED_HOSTS: network.address };
    await withDashboard({ ...env, ...trusted }, async ({ far }) => {
      const statuses: number[] = [];
      for (let attempt = 0; attempt < 12; attempt += 1) {
        const headers = { authorization: `Bearer t${attempt}`, "x-forwarded-for": `198.51.100.${attempt}` };
        statuses.push((await network.ask({ url: `${far}/api/topology`, headers })).status);
      }
      expect(statuses.indexOf(429)).toBe(answered < statuses.length ? answered : -1);
    });
  });
});
