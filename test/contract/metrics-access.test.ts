/** A real Prometheus behind TLS, authentication and a path of its own, asked as the settings say. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "@/lib/contract/errors";
import { createAuthority, type IssuedCertificate } from "@/server/pki/authority";
import { metricsSource } from "@/server/web/metrics-source";
import { readSettings } from "@/server/web/settings";
import { type GuardedProxy, type GuardedProxyOptions, startGuardedProxy } from "../support/guarded-proxy";
import type { TestStore } from "../support/program";
import { startPrometheus } from "../support/prometheus";
import { remoteWrite } from "../support/remote-write";

const binary = process.env.MESHDECK_PROMETHEUS;
const SECRET = "s3cret-of-the-test";
const QUERY = { kind: "instant", aggregation: "sum", selector: { metric: "requests", matchers: [] }, by: [] } as const;

describe.skipIf(binary === undefined)("a guarded Prometheus", () => {
  const folder = mkdtempSync(join(tmpdir(), "meshdeck-access-"));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  let prometheus: TestStore;
  let server: IssuedCertificate;
  let ca: string;
  let client: { readonly MESHDECK_METRICS_CERT_FILE: string; readonly MESHDECK_METRICS_KEY_FILE: string };
  let clientCa: string;
  let proxy: GuardedProxy | null = null;

  beforeAll(async () => {
    prometheus = await startPrometheus({ binary: binary ?? "", port: 28_530, config: "global: {}\n" });
    await remoteWrite(prometheus.url, [{ metric: "requests", labels: {}, samples: [[Date.now(), 42]] }]);
    const authority = await createAuthority({ commonName: "store", validitySeconds: 3600 });
    server = authority.issue({ dnsNames: ["metrics.test"], validitySeconds: 3600, usages: ["server"] });
    ca = file("ca.pem", authority.rootPem);
    const clients = await createAuthority({ commonName: "clients", validitySeconds: 3600 });
    const own = clients.issue({ dnsNames: ["meshdeck"], validitySeconds: 3600, usages: ["client"] });
    clientCa = clients.rootPem;
    client = {
      MESHDECK_METRICS_CERT_FILE: file("client.pem", own.certificatePem),
      MESHDECK_METRICS_KEY_FILE: file("client.key", own.keyPem),
    };
  });
  afterEach(async () => {
    await proxy?.close();
    proxy = null;
  });
  afterAll(async () => {
    await prometheus?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Asks through a proxy that refuses as `guard` says, with these variables beside the usual ones. */
  async function ask(
    guard: Partial<Pick<GuardedProxyOptions, "refuse" | "clientCa">>,
    variables: Readonly<Record<string, string>>,
  ): Promise<number | null | undefined> {
    proxy = await startGuardedProxy({
      target: prometheus.url,
      certificate: { cert: server.certificatePem, key: server.keyPem },
      clientCa: null,
      refuse: () => null,
      prefix: "/tenant/prometheus",
      ...guard,
    });
    const settings = readSettings({
      MESHDECK_METRICS_URL: `https://127.0.0.1:${proxy.port}/tenant/prometheus/`,
      MESHDECK_METRICS_CA_FILE: ca,
      MESHDECK_METRICS_SERVER_NAME: "metrics.test",
      ...variables,
    });
    const source = metricsSource(settings.metrics);
    return (await source.instant(QUERY, Date.now() / 1000))[0]?.value;
  }

  async function failure(asked: Promise<unknown>): Promise<AppError> {
    const error = await asked.then(
      () => new Error("it was answered"),
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(AppError);
    expect(JSON.stringify([(error as AppError).message, (error as AppError).hint])).not.toContain(SECRET);
    return error as AppError;
  }

  const bearer: GuardedProxyOptions["refuse"] = ({ headers }) =>
    headers.authorization === `Bearer ${SECRET}` ? null : 401;

  it("is asked over TLS that its own authority signed, under the path it is served at", async () => {
    expect(await ask({}, {})).toBe(42);
  });

  it("is not trusted without its authority, nor by another name", async () => {
    const unknown = await failure(ask({}, { MESHDECK_METRICS_CA_FILE: "" }));
    expect(unknown.code).toBe("upstream_unavailable");
    expect(unknown.hint).toContain("MESHDECK_METRICS_CA_FILE");
    await proxy?.close();
    const other = await failure(ask({}, { MESHDECK_METRICS_SERVER_NAME: "other.test" }));
    expect(other.hint).toContain("MESHDECK_METRICS_SERVER_NAME");
  });

  it("gets a bearer token, read again when the file changes", async () => {
    const token = file("token", "an old one\n");
    const refused = await failure(ask({ refuse: bearer }, { MESHDECK_METRICS_TOKEN_FILE: token }));
    expect(refused.message).toBe("Prometheus refused the request with status 401.");
    expect(refused.hint).toContain("MESHDECK_METRICS_TOKEN_FILE");
    const settings = readSettings({
      MESHDECK_METRICS_URL: `https://127.0.0.1:${proxy?.port}/tenant/prometheus`,
      MESHDECK_METRICS_CA_FILE: ca,
      MESHDECK_METRICS_SERVER_NAME: "metrics.test",
      MESHDECK_METRICS_TOKEN_FILE: token,
    });
    const source = metricsSource(settings.metrics);
    await failure(source.instant(QUERY, Date.now() / 1000));
    file("token", `${SECRET}\n`);
    expect((await source.instant(QUERY, Date.now() / 1000))[0]?.value).toBe(42);
    rmSync(token);
    const gone = await failure(source.instant(QUERY, Date.now() / 1000));
    expect(gone.message).toContain(token);
  });

  it("gets a user's name and password", async () => {
    const wanted = `Basic ${Buffer.from(`ada:${SECRET}`).toString("base64")}`;
    const variables = {
      MESHDECK_METRICS_USERNAME: "ada",
      MESHDECK_METRICS_PASSWORD_FILE: file("password", `${SECRET}\n`),
    };
    expect(await ask({ refuse: ({ headers }) => (headers.authorization === wanted ? null : 401) }, variables)).toBe(42);
  });

  it("is shown the dashboard's own certificate", async () => {
    expect(await ask({ clientCa }, client)).toBe(42);
    expect(proxy?.clients).toEqual(["meshdeck"]);
    await proxy?.close();
    const without = await failure(ask({ clientCa }, {}));
    expect(without.code).toBe("upstream_unavailable");
  });

  it("gets headers of one's own, and says how to set them when they are missing", async () => {
    const refuse: GuardedProxyOptions["refuse"] = ({ headers }) => (headers["x-scope-orgid"] === SECRET ? null : 401);
    expect(await ask({ refuse }, { MESHDECK_METRICS_HEADERS: `X-Scope-OrgID=${SECRET}` })).toBe(42);
    await proxy?.close();
    const missing = await failure(ask({ refuse }, {}));
    expect(missing.hint).toContain("MESHDECK_METRICS_HEADERS");
  });

  it("says when the path is another one", async () => {
    const url = () => `https://127.0.0.1:${proxy?.port}/elsewhere`;
    await ask({}, {});
    const settings = readSettings({
      MESHDECK_METRICS_URL: url(),
      MESHDECK_METRICS_CA_FILE: ca,
      MESHDECK_METRICS_SERVER_NAME: "metrics.test",
    });
    const wrong = await failure(metricsSource(settings.metrics).instant(QUERY, Date.now() / 1000));
    expect(wrong.code).toBe("upstream_malformed");
    expect(wrong.hint).toContain("MESHDECK_METRICS_URL");
  });
});
