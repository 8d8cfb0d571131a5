import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { fromFields } from "./credentials";
import { readKubeconfig } from "./kubeconfig";
import { loadKube } from "./load";

const folder = mkdtempSync(join(tmpdir(), "meshdeck-kubeconfig-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const kubeconfig = (server: string, user = "{token: secret}") => `
apiVersion: v1
kind: Config
current-context: local
clusters: [{name: c, cluster: {server: "${server}", certificate-authority: pki/ca.pem}}]
users: [{name: u, user: ${user}}]
contexts: [{name: local, context: {cluster: c, user: u, namespace: x}}]
`;

describe("readKubeconfig", () => {
  it("reads the current context, with paths beside the file", () => {
    const path = file("one", kubeconfig("https://127.0.0.1:6443/"));
    expect(readKubeconfig([path])).toEqual({
      name: "local",
      cluster: { server: "https://127.0.0.1:6443/", "certificate-authority": join(folder, "pki/ca.pem") },
      user: { token: "secret" },
      namespace: "x",
    });
    expect(loadKube({ kubeconfig: path }).server).toBe("https://127.0.0.1:6443");
  });

  it("puts several files together, the first to say something of a name counts", () => {
    const first = file("first", "contexts: [{name: other, context: {cluster: c, user: u}}]\nclusters: null\n");
    const second = file("second", kubeconfig("https://second"));
    expect(readKubeconfig([first, second], "other").cluster.server).toBe("https://second");
    expect(readKubeconfig([second, file("third", kubeconfig("https://third"))]).cluster.server).toBe("https://second");
  });

  it.each([
    ["is not there", "/nowhere/at-all", "The kubeconfig /nowhere/at-all cannot be used: there is no such file."],
    ["is empty", file("empty", ""), "it has no current-context."],
    ["is no kubeconfig", file("list", "clusters: 5"), "clusters: Invalid input"],
    ["is no YAML", file("broken", "a: [b"), "cannot be used: "],
    [
      "names a cluster that is missing",
      file("dangling", kubeconfig("x").replace("cluster: c,", "cluster: d,")),
      'names the cluster "d", which it does not have.',
    ],
  ])("says so when the file %s", (_, path, sentence) => {
    expect(() => loadKube({ kubeconfig: path })).toThrow(
      expect.objectContaining({ code: "invalid_request", message: expect.stringContaining(sentence) }),
    );
  });
});

describe("fromFields", () => {
  const cluster = { server: "https://x" };

  it("takes a token from its file each time, and a user's name and password", async () => {
    const tokenFile = file("token", "one\n");
    const source = fromFields(cluster, { tokenFile });
    expect((await source()).headers).toEqual({ Authorization: "Bearer one" });
    writeFileSync(tokenFile, "two");
    expect((await source()).headers).toEqual({ Authorization: "Bearer two" });
    expect((await fromFields(cluster, { username: "u", password: "p" })()).headers).toEqual({
      Authorization: "Basic dTpw",
    });
  });

  it("takes certificates from data and from files", async () => {
    mkdirSync(join(folder, "pki"), { recursive: true });
    const fields = {
      ...cluster,
      "certificate-authority": file("pki/ca.pem", "CA"),
      "insecure-skip-tls-verify": true,
      "tls-server-name": "n",
    };
    const user = { "client-certificate-data": "Q0VSVA==", "client-key": file("pki/key.pem", "KEY") };
    const { tls } = await fromFields(fields, user)();
    expect(Object.fromEntries(Object.entries(tls).map(([name, value]) => [name, String(value)]))).toEqual({
      ca: "CA",
      cert: "CERT",
      key: "KEY",
      servername: "n",
      rejectUnauthorized: "false",
    });
  });
});
