/** The API's own certificate, made once and kept in the data folder so that a copied kubeconfig stays good. */
import "reflect-metadata";
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  type JsonGeneralName,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";

export interface ServerTls {
  readonly caPem: string;
  readonly certificatePem: string;
  readonly keyPem: string;
}

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const DAY_MS = 86_400_000;
const CA_DAYS = 3650;
const SERVER_DAYS = 825;
const RENEW_DAYS = 30;
const EKU_SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

async function keyPem(key: CryptoKey): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey("pkcs8", key)).toString("base64");
  return `-----BEGIN PRIVATE KEY-----\n${(der.match(/.{1,64}/g) ?? []).join("\n")}\n-----END PRIVATE KEY-----\n`;
}

/** A fresh authority for this server alone; its key is not kept. */
export async function makeServerTls(host: string, now: Date): Promise<ServerTls> {
  const generate = () => crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const [caKeys, serverKeys] = await Promise.all([generate(), generate()]);
  const notBefore = new Date(now.getTime() - 5 * 60_000);
  const until = (days: number) => new Date(now.getTime() + days * DAY_MS);
  const serial = () => `01${randomBytes(15).toString("hex")}`;
  const issuer = "CN=meshdeck-local-kubernetes-api";
  const ca = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: issuer,
    notBefore,
    notAfter: until(CA_DAYS),
    signingAlgorithm: ALGORITHM,
    keys: caKeys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  const names = new Set([host, "127.0.0.1", "localhost"]);
  const server = await X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: "CN=kube-apiserver",
    issuer,
    notBefore,
    notAfter: until(SERVER_DAYS),
    signingAlgorithm: ALGORITHM,
    publicKey: serverKeys.publicKey,
    signingKey: caKeys.privateKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([EKU_SERVER_AUTH]),
      new SubjectAlternativeNameExtension(
        [...names].map((value): JsonGeneralName => ({ type: isIP(value) === 0 ? "dns" : "ip", value })),
      ),
    ],
  });
  return {
    caPem: `${ca.toString("pem")}\n`,
    certificatePem: `${server.toString("pem")}\n`,
    keyPem: await keyPem(serverKeys.privateKey),
  };
}

function usable(tls: ServerTls, host: string, now: Date): boolean {
  const certificate = new X509Certificate(tls.certificatePem);
  const names = certificate.getExtension(SubjectAlternativeNameExtension)?.names.items.map((one) => one.value) ?? [];
  return certificate.notAfter.getTime() > now.getTime() + RENEW_DAYS * DAY_MS && names.includes(host);
}

/** The certificate kept in `folder`, or a new one when there is none that will do. */
export async function loadServerTls(folder: string, host: string, now: Date): Promise<ServerTls> {
  const path = join(folder, "api-tls.json");
  try {
    const kept = JSON.parse(readFileSync(path, "utf8")) as ServerTls;
    if (usable(kept, host, now)) return kept;
  } catch {
    // None yet, or not readable: a new one does as well.
  }
  const made = await makeServerTls(host, now);
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${path}.partial`, JSON.stringify(made), { mode: 0o600 });
  renameSync(`${path}.partial`, path);
  return made;
}
