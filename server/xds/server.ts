import { Server, ServerCredentials } from "@grpc/grpc-js";
import { AppError } from "@/lib/contract/errors";
import { Hub } from "./ads/hub";
import { adsDefinition, adsHandlers } from "./ads/service";
import { alsDefinition, alsHandlers } from "./als/service";
import { MeshSnapshot } from "./snapshot/mesh-snapshot";
import type { XdsServer, XdsServerOptions } from "./types";

/**
 * Starts the server that sidecars get their configuration, certificates and secrets from, and tell their calls to. Only
 * clients with a certificate of the mesh get in. Throws `conflict` when the port is taken.
 */
export async function createXdsServer(options: XdsServerOptions): Promise<XdsServer> {
  const snapshot = new MeshSnapshot();
  const hub = new Hub(snapshot, options);
  const server = new Server({
    "grpc.max_send_message_length": -1,
    "grpc.max_receive_message_length": 16 * 1024 * 1024,
    "grpc.keepalive_time_ms": 30_000,
    "grpc.keepalive_timeout_ms": 10_000,
  });
  server.addService(adsDefinition, adsHandlers(hub));
  server.addService(alsDefinition, alsHandlers(snapshot, options));
  const port = await listen(server, options);
  return {
    port,
    update(model) {
      const before = snapshot.built;
      snapshot.update(model);
      const proxiesTouched = hub.push();
      return { resourcesBuilt: snapshot.built - before, proxiesTouched };
    },
    setSecrets(certificates, trustBundlePem) {
      snapshot.setSecrets(certificates, trustBundlePem);
      hub.push();
    },
    proxies: () => hub.proxies(),
    config: (proxyId) => hub.config(proxyId),
    async close() {
      // Streams of sidecars never end by themselves.
      server.forceShutdown();
    },
  };
}

function listen(server: Server, options: XdsServerOptions): Promise<number> {
  const { host, port, clientRootsPem, server: own } = options;
  const pair = { private_key: Buffer.from(own.keyPem), cert_chain: Buffer.from(own.certificatePem) };
  const credentials = ServerCredentials.createSsl(Buffer.from(clientRootsPem), [pair], true);
  return new Promise((resolve, reject) => {
    server.bindAsync(`${host}:${port}`, credentials, (error, bound) => {
      if (error === null) resolve(bound);
      else
        reject(
          new AppError("conflict", `The xDS server cannot listen on ${host}:${port}: ${error.message}.`, {
            hint: "Stop what uses that port, or choose another one with --ads-port.",
            cause: error,
          }),
        );
    });
  });
}
