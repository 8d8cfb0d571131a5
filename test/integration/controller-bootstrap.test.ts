// The bootstrap files and the sidecar's own arguments, taken by a real Envoy.
import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls from "node:tls";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { bootstrapFiles } from "@/server/inject/bootstrap";
import { sidecarContainer } from "@/server/inject/sidecar";
import { type Authority, createAuthority } from "@/server/pki/authority";

const envoy = process.env.MESHDECK_ENVOY;
const folder = mkdtempSync(join(tmpdir(), "meshdeck-bootstrap-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const DAY = 86_400;
const SERVER = "meshdeck-controller.osm-system.svc";

/** Lays files out as kubelet does: each name points into `..data`, which is swapped in one rename. */
function materialise(into: string, files: Readonly<Record<string, string>>, generation: number): void {
  const data = join(into, `..${generation}`);
  mkdirSync(data, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(data, name), content);
  symlinkSync(`..${generation}`, join(into, "..data_tmp"));
  renameSync(join(into, "..data_tmp"), join(into, "..data"));
  const present = new Set(readdirSync(into));
  for (const name of Object.keys(files)) if (!present.has(name)) symlinkSync(join("..data", name), join(into, name));
}

function files(root: Authority, port: number) {
  const uris = ["spiffe://cluster.local/bookbuyer/bookbuyer"];
  const issued = root.issue({ uris, validitySeconds: DAY, usages: ["client"] });
  const controller = { host: "127.0.0.1", port, serverName: SERVER };
  return { serial: issued.serial, files: bootstrapFiles({ controller, ...issued, rootsPem: root.rootPem }) };
}

function sidecarArguments(): string[] {
  const settings = { image: "envoy", logLevel: "error", resources: null };
  const { args } = sidecarContainer({ namespace: "bookbuyer", serviceAccount: "bookbuyer" }, settings);
  return (args as string[]).map((arg) =>
    arg.replace("$(OSM_PROXY_UUID)", "id-1").replace("$(MESHDECK_LOOPBACK)", "127.63.0.1"),
  );
}

describe.skipIf(!envoy)("bootstrap", () => {
  it("is accepted by Envoy's validation", async () => {
    const root = await createAuthority({ commonName: "test", validitySeconds: DAY });
    const into = join(folder, "validate");
    mkdirSync(into);
    materialise(into, files(root, 28_390).files, 1);
    const run = promisify(execFile)(envoy ?? "", [...sidecarArguments(), "--mode", "validate"], { cwd: into });
    expect((await run).stdout).toContain("OK");
  });

  it("brings Envoy to the controller by mutual TLS, and to its new certificate when the Secret is renewed", async () => {
    const root = await createAuthority({ commonName: "test", validitySeconds: DAY });
    const issued = root.issue({ dnsNames: [SERVER], validitySeconds: DAY, usages: ["server"] });
    const serials: string[] = [];
    const sockets: tls.TLSSocket[] = [];
    const options = {
      cert: issued.certificatePem,
      key: issued.keyPem,
      ca: root.rootPem,
      requestCert: true,
      ALPNProtocols: ["h2"],
    };
    const server = tls.createServer(options, (socket) => {
      serials.push(socket.getPeerCertificate().serialNumber.toLowerCase());
      sockets.push(socket);
      socket.on("error", () => undefined);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const into = join(folder, "renew");
    mkdirSync(into);
    const first = files(root, port);
    materialise(into, first.files, 1);
    const child = spawn(envoy ?? "", sidecarArguments(), { cwd: into, stdio: "ignore" });
    try {
      await expect.poll(() => serials.at(-1), { timeout: 15_000 }).toBe(first.serial);
      const second = files(root, port);
      materialise(into, second.files, 2);
      await expect
        .poll(
          () => {
            sockets.splice(0).map((socket) => socket.destroy());
            return serials.at(-1);
          },
          { timeout: 15_000, interval: 300 },
        )
        .toBe(second.serial);
    } finally {
      child.kill("SIGKILL");
      server.close();
      for (const socket of sockets) socket.destroy();
    }
  });
});
