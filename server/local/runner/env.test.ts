import { describe, expect, it } from "vitest";
import type { Pod } from "@/lib/kube/objects";
import { containerEnv, expand } from "./env";

const pod: Pod = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: {
    name: "p",
    namespace: "bookstore",
    labels: { "osm-proxy-uuid": "u-1" },
    annotations: { "meshdeck.io/loopback": "127.142.1.1" },
  },
  spec: { serviceAccountName: "bookstore-v1", containers: [] },
  status: { podIP: "127.42.1.1" },
};
const sources = {
  secret: (name: string) => (name === "s" ? { token: "t" } : null),
  configMap: (name: string) => (name === "c" ? { COLOR: "blue" } : null),
};
const field = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });

describe("containerEnv", () => {
  it("resolves the downward API and uses earlier variables in later ones", () => {
    const env = [
      field("LOOPBACK", "metadata.annotations['meshdeck.io/loopback']"),
      field("UUID", "metadata.labels['osm-proxy-uuid']"),
      field("IP", "status.podIP"),
      { name: "HTTP_PROXY", value: "http://$(LOOPBACK):15001" },
    ];
    expect(containerEnv(pod, { name: "app", env }, { PATH: "/bin" }, sources)).toEqual({
      ok: true,
      env: {
        PATH: "/bin",
        LOOPBACK: "127.142.1.1",
        UUID: "u-1",
        IP: "127.42.1.1",
        HTTP_PROXY: "http://127.142.1.1:15001",
      },
    });
  });

  it("reads Secrets and ConfigMaps, whole and by key", () => {
    const container = {
      name: "app",
      envFrom: [{ prefix: "X_", configMapRef: { name: "c" } }],
      env: [
        { name: "TOKEN", valueFrom: { secretKeyRef: { name: "s", key: "token" } } },
        { name: "MAYBE", valueFrom: { secretKeyRef: { name: "s", key: "none", optional: true } } },
      ],
    };
    expect(containerEnv(pod, container, {}, sources)).toEqual({ ok: true, env: { X_COLOR: "blue", TOKEN: "t" } });
  });

  it("says which reference is missing", () => {
    const secret = { name: "TOKEN", valueFrom: { secretKeyRef: { name: "s", key: "nope" } } };
    expect(containerEnv(pod, { name: "app", env: [secret] }, {}, sources)).toEqual({
      ok: false,
      message: "TOKEN: Secret s has no key nope.",
    });
    expect(containerEnv(pod, { name: "app", env: [field("X", "metadata.nope")] }, {}, sources).ok).toBe(false);
  });
});

it("expands as Kubernetes does", () => {
  const env = { A: "1", B: "$(A)" };
  expect(expand("$(A)-$(B)-$(C)-$$(A)-$A", env)).toBe("1-$(A)-$(C)-$(A)-$A");
});
