/** A real kube-apiserver with its etcd, from the folder KUBEBUILDER_ASSETS names, or the cluster of a kubeconfig. */
import { spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parse } from "yaml";
import { at, listAt, textAt } from "@/server/local/api/object";
import { makeServerTls, type ServerTls } from "@/server/local/api/tls";
import { type Access, connect } from "./kube-api-client";
import { freePorts } from "./local-mode";

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

/** Its kube-apiserver was started anew, on the same data and port, when `restart` resolves; what was open breaks. */
export interface RealApi {
  readonly access: Access;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startRealApi(
  assets: string,
  token: string,
  moreFlags: Readonly<Record<string, string>> = {},
): Promise<RealApi> {
  const folder = mkdtempSync(join(tmpdir(), "meshdeck-apiserver-"));
  const [clients = 0, peers = 0, port = 0] = await freePorts(3);
  const tls = await writeFiles(folder, token);
  const etcdUrl = `http://127.0.0.1:${clients}`;
  const etcd = run(join(assets, "etcd"), etcdFlags(folder, etcdUrl, `http://127.0.0.1:${peers}`));
  const flags = { ...apiServerFlags(folder, etcdUrl, port), ...moreFlags };
  let server = run(join(assets, "kube-apiserver"), flags);
  const stop = async () => {
    await Promise.all([server.end(), etcd.end()]);
    rmSync(folder, { recursive: true, force: true });
  };
  const access = { url: `https://127.0.0.1:${port}`, caPem: tls.caPem, token };
  const ready = async () => {
    if (await becomesReady(access, () => server.hasEnded() || etcd.hasEnded())) return;
    await stop();
    throw new Error(`the API server did not become ready: ${etcd.said()}${server.said()}`);
  };
  await ready();
  return {
    access,
    async restart() {
      await server.end();
      server = run(join(assets, "kube-apiserver"), flags);
      await ready();
    },
    stop,
  };
}

interface Program {
  hasEnded(): boolean;
  /** The last it wrote to standard error. */
  said(): string;
  /** Ends it hard. */
  end(): Promise<void>;
}

function run(binary: string, flags: Readonly<Record<string, string>>): Program {
  const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
  const child = spawn(binary, args, { stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log = `${log}${text}`.slice(-4000);
  });
  child.on("error", (error) => {
    log += String(error);
  });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    hasEnded,
    said: () => log,
    async end() {
      if (hasEnded()) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

async function becomesReady(access: Access, hasFailed: () => boolean): Promise<boolean> {
  const api = connect(access);
  try {
    for (let tries = 0; tries < 300; tries += 1) {
      const inDefault = await Promise.all([api.get("/readyz"), api.get("/api/v1/namespaces/default")]).then(
        (answers) => answers.every(({ status }) => status === 200),
        () => false,
      );
      if (inDefault || hasFailed()) return inDefault;
      await sleep(200);
    }
    return false;
  } finally {
    api.close();
  }
}

async function writeFiles(folder: string, token: string): Promise<ServerTls> {
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
  return tls;
}

function etcdFlags(folder: string, url: string, peer: string): Readonly<Record<string, string>> {
  return {
    "data-dir": join(folder, "etcd"),
    "unsafe-no-fsync": "true",
    "listen-client-urls": url,
    "advertise-client-urls": url,
    "listen-peer-urls": peer,
    "initial-advertise-peer-urls": peer,
    "initial-cluster": `default=${peer}`,
    "log-level": "error",
  };
}

function apiServerFlags(folder: string, etcdUrl: string, port: number): Readonly<Record<string, string>> {
  return {
    "etcd-servers": etcdUrl,
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
    // As kubeadm starts it.
    "authorization-mode": "Node,RBAC",
    "anonymous-auth": "false",
    "service-cluster-ip-range": "10.0.0.0/16",
    // Its accounts are made by a controller manager, which is not there.
    "disable-admission-plugins": "ServiceAccount",
  };
}
