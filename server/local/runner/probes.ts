/** Asks a container's process whether it is there: HTTP GET (200 to 399) or a TCP connection. */
import http from "node:http";
import net from "node:net";
import type { ContainerSpec, Probe } from "./pod-spec";

export type ProbeResult = { readonly ok: true } | { readonly ok: false; readonly message: string };

/**
 * `host`: where the container's process listens. In local mode that is its pod's loopback when it has a sidecar (a
 * kubelet's rewritten probe would arrive there too), else the pod's address.
 */
export async function runProbe(probe: Probe, container: ContainerSpec, host: string): Promise<ProbeResult> {
  const timeoutMs = (probe.timeoutSeconds ?? 1) * 1000;
  if (probe.httpGet) {
    const { path = "/", port } = probe.httpGet;
    return get({ host: probe.httpGet.host || host, port: portNumber(port, container), path, timeoutMs });
  }
  if (probe.tcpSocket) {
    return connect(probe.tcpSocket.host || host, portNumber(probe.tcpSocket.port, container), timeoutMs);
  }
  return { ok: true };
}

function portNumber(port: number | string, container: ContainerSpec): number {
  if (typeof port === "number") return port;
  return container.ports?.find((one) => one.name === port)?.containerPort ?? (Number.parseInt(port, 10) || 0);
}

function get(at: { host: string; port: number; path: string; timeoutMs: number }): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const { host, port, path, timeoutMs } = at;
    const options = { host, port, path, headers: { "user-agent": "kube-probe/meshdeck" }, agent: false };
    const request = http.get(options, (response) => {
      response.resume();
      clearTimeout(timer);
      const status = response.statusCode ?? 0;
      const ok = status >= 200 && status < 400;
      resolve(ok ? { ok } : { ok, message: `HTTP probe failed with statuscode: ${status}` });
      request.destroy();
    });
    const timer = setTimeout(() => request.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    request.on("error", (error) => {
      clearTimeout(timer);
      resolve({ ok: false, message: `Get "http://${host}:${port}${path}": ${error.message}` });
    });
  });
}

function connect(host: string, port: number, timeoutMs: number): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port });
    const end = (result: ProbeResult) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(timeoutMs, () => end({ ok: false, message: `dial ${host}:${port}: timeout` }));
    socket.on("connect", () => end({ ok: true }));
    socket.on("error", (error) => end({ ok: false, message: `dial ${host}:${port}: ${error.message}` }));
  });
}
