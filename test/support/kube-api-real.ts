/** A real kube-apiserver with its etcd, from the folder KUBEBUILDER_ASSETS names, or the cluster of a kubeconfig. */
import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parse } from "yaml";
import { at, listAt, textAt } from "@/server/local/api/object";
import { makeServerTls } from "@/server/local/api/tls";
import { type Access, connect } from "./kube-api-client";
import { freePort } from "./local-mode";

/** Reads the token and embedded certificates of the current context. `text` is YAML. */
export function accessOfKubeconfig(text: string): Access {
  const file: unknown = parse(text);
  const named = (list: string, name: string) => listAt(file, list).find((one) => textAt(one, "name") === name);
  const context = at(named("contexts", textAt(file, "current-context")), "context");
  const cluster = at(named("clusters", textAt(context, "cluster")), "cluster");
  const user = at(named("users", textAt(context, "user")), "user");
  const pem = (value: unknown, field: string) => Buffer.from(textAt(value, field), "base64").toString("utf8");
  const certificatePem = pem(user, "client-certificate-data");
  return {
    url: textAt(cluster, "server"),
    caPem: pem(cluster, "certificate-authority-data"),
    token: textAt(user, "token"),
    ...(certificatePem === "" ? {} : { certificatePem, keyPem: pem(user, "client-key-data") }),
  };
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

export async function startRealApi(
  assets: string,
  token: string,
): Promise<{ access: Access; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "meshdeck-apiserver-"));
  const [clients, peers, port] = [await freePort(), await freePort(), await freePort()];
  const tls = await makeServerTls("127.0.0.1", new Date());
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const files = {
    "tls.crt": tls.certificatePem,
    "tls.key": tls.keyPem,
    "sa.pub": publicKey,
    "sa.key": privateKey,
    "tokens.csv": `${token},contract,contract,system:masters\n`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o600 });
  const children: ChildProcess[] = [];
  let log = "";
  const run = (binary: string, flags: Readonly<Record<string, string>>): void => {
    const child = spawn(
      join(assets, binary),
      Object.entries(flags).map(([name, value]) => `--${name}=${value}`),
      { stdio: ["ignore", "ignore", "pipe"] },
    );
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      log = `${log}${text}`.slice(-4000);
    });
    child.on("error", (error) => {
      log += String(error);
    });
    children.push(child);
  };
  const stop = async () => {
    await Promise.all(children.map(stopChild));
    rmSync(folder, { recursive: true, force: true });
  };
  const etcd = `http://127.0.0.1:${clients}`;
  const peer = `http://127.0.0.1:${peers}`;
  run("etcd", {
    "data-dir": join(folder, "etcd"),
    "unsafe-no-fsync": "true",
    "listen-client-urls": etcd,
    "advertise-client-urls": etcd,
    "listen-peer-urls": peer,
    "initial-advertise-peer-urls": peer,
    "initial-cluster": `default=${peer}`,
    "log-level": "error",
  });
  run("kube-apiserver", {
    "etcd-servers": etcd,
    "bind-address": "127.0.0.1",
    "secure-port": String(port),
    "advertise-address": "127.0.0.1",
    "endpoint-reconciler-type": "none",
    "tls-cert-file": join(folder, "tls.crt"),
    "tls-private-key-file": join(folder, "tls.key"),
    "service-account-key-file": join(folder, "sa.pub"),
    "service-account-signing-key-file": join(folder, "sa.key"),
    "service-account-issuer": "https://kubernetes.default.svc",
    "token-auth-file": join(folder, "tokens.csv"),
    "authorization-mode": "RBAC",
    "anonymous-auth": "false",
    "service-cluster-ip-range": "10.0.0.0/16",
    // Its accounts are made by a controller manager, which is not there.
    "disable-admission-plugins": "ServiceAccount",
  });
  const access = { url: `https://127.0.0.1:${port}`, caPem: tls.caPem, token };
  const api = connect(access);
  for (let tries = 0; tries < 300; tries += 1) {
    const ready = await api.get("/readyz").then(
      ({ status }) => status === 200,
      () => false,
    );
    const inDefault = ready && (await api.get("/api/v1/namespaces/default")).status === 200;
    if (inDefault) {
      api.close();
      return { access, stop };
    }
    if (children.some((child) => child.exitCode !== null)) break;
    await sleep(200);
  }
  api.close();
  await stop();
  throw new Error(`the API server did not become ready: ${log}`);
}
