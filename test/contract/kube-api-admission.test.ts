import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { at, textAt } from "@/server/local/api/object";
import { makeServerTls } from "@/server/local/api/tls";
import { onEveryApi, until } from "../support/kube-api";

const ADMISSION = "/apis/admissionregistration.k8s.io/v1";

onEveryApi("admission webhooks", (suite) => {
  let server: Server;
  let caBundle = "";
  let port = 0;
  const dryRuns: unknown[] = [];

  beforeAll(async () => {
    const tls = await makeServerTls("127.0.0.1", new Date());
    caBundle = Buffer.from(tls.caPem).toString("base64");
    server = createServer({ cert: tls.certificatePem, key: tls.keyPem }, async (request, response) => {
      let text = "";
      for await (const piece of request) text += String(piece);
      const review: unknown = JSON.parse(text);
      dryRuns.push(at(review, "request", "dryRun"));
      if (request.url?.startsWith("/slow") === true) return;
      const patch = [{ op: "add", path: "/data", value: { injected: "yes" } }];
      const result = request.url?.startsWith("/deny")
        ? { allowed: false, status: { code: 403, message: "not today" } }
        : { allowed: true, patchType: "JSONPatch", patch: Buffer.from(JSON.stringify(patch)).toString("base64") };
      response.setHeader("content-type", "application/json");
      const uid = textAt(review, "request", "uid");
      response.end(
        JSON.stringify({ kind: "AdmissionReview", apiVersion: "admission.k8s.io/v1", response: { uid, ...result } }),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  /** Runs `body` in a namespace whose ConfigMaps a webhook is asked about. */
  async function hooked(
    sort: "mutating" | "validating",
    hook: object,
    body: (path: string) => Promise<void>,
  ): Promise<void> {
    const namespace = await suite.namespace();
    const configurations = `${ADMISSION}/${sort}webhookconfigurations`;
    const made = await suite.api.post(configurations, {
      metadata: { name: namespace },
      webhooks: [
        {
          name: "hook.contract.meshdeck.io",
          clientConfig: { url: `https://127.0.0.1:${port}/patch`, caBundle },
          rules: [{ operations: ["CREATE"], apiGroups: [""], apiVersions: ["v1"], resources: ["configmaps"] }],
          namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
          sideEffects: "None",
          admissionReviewVersions: ["v1"],
          ...hook,
        },
      ],
    });
    expect(made.status).toBe(201);
    try {
      await body(`/api/v1/namespaces/${namespace}/configmaps`);
    } finally {
      await suite.api.delete(`${configurations}/${namespace}`);
    }
  }

  let names = 0;
  const create = (path: string, query = "") => {
    names += 1;
    return suite.api.post(`${path}${query}`, { metadata: { name: `m-${names}` } });
  };

  test("a mutating one changes the object, also in a dry run, and only in its namespaces", () =>
    hooked("mutating", {}, async (path) => {
      // A real API server sees a new configuration a moment later.
      const made = await until(
        () => create(path),
        ({ body }) => at(body, "data") !== undefined,
      );
      expect(made.body).toMatchObject({ data: { injected: "yes" } });
      const dry = await create(path, "?dryRun=All");
      expect(dry.body).toMatchObject({ data: { injected: "yes" } });
      expect(dryRuns.at(-1)).toBe(true);
      const elsewhere = await create(`/api/v1/namespaces/${await suite.namespace()}/configmaps`);
      expect(at(elsewhere.body, "data")).toBeUndefined();
    }));

  test("a validating one refuses with its own words", () =>
    hooked("validating", { clientConfig: { url: `https://127.0.0.1:${port}/deny`, caBundle } }, async (path) => {
      const refused = await until(
        () => create(path),
        ({ status }) => status !== 201,
      );
      expect(refused.status).toBe(403);
      expect(textAt(refused.body, "message")).toContain(
        'admission webhook "hook.contract.meshdeck.io" denied the request: not today',
      );
    }));

  test("one that does not answer in time counts by its failurePolicy", async () => {
    const slow = { clientConfig: { url: `https://127.0.0.1:${port}/slow`, caBundle }, timeoutSeconds: 1 };
    await hooked("validating", { ...slow, failurePolicy: "Fail" }, async (path) => {
      const refused = await until(
        () => create(path),
        ({ status }) => status !== 201,
      );
      expect(refused).toMatchObject({ status: 500, body: { reason: "InternalError" } });
      expect(textAt(refused.body, "message")).toContain("failed calling webhook");
    });
    await hooked("validating", { ...slow, failurePolicy: "Ignore" }, async (path) => {
      expect((await create(path)).status).toBe(201);
    });
  });

  test("an authority that did not sign the webhook's certificate is not trusted", async () => {
    const other = Buffer.from((await makeServerTls("127.0.0.1", new Date())).caPem).toString("base64");
    await hooked(
      "validating",
      { clientConfig: { url: `https://127.0.0.1:${port}/patch`, caBundle: other } },
      async (path) => {
        const refused = await until(
          () => create(path),
          ({ status }) => status !== 201,
        );
        expect(refused.status).toBe(500);
      },
    );
  });
});
